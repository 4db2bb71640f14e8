// The shape of the app that botline replaces: Express 4, body-parser, Twilio's middleware, the bot asked
// over HTTP, and what is known of a person in a map where Redis was. Not even that is durable.
const { Agent, request } = require("node:http");
const bodyParser = require("body-parser");
const express = require("express");
const twilio = require("twilio");

const { BOT_PORT, PORT, PUBLIC_URL, TWILIO_AUTH_TOKEN } = process.env;

const agent = new Agent({ keepAlive: true });
const sessions = new Map();

express()
  .use(bodyParser.urlencoded({ extended: false }))
  .post("/sms", twilio.webhook(TWILIO_AUTH_TOKEN, { url: PUBLIC_URL }), (req, res, next) => {
    const person = req.body.From;
    talk(req.body.Body, sessions.get(person))
      .then((answer) => {
        sessions.set(person, answer.sessionid);
        const twiml = new twilio.twiml.MessagingResponse();
        twiml.message(answer.responses.join(" "));
        res.type("text/xml").send(twiml.toString());
      })
      .catch(next);
  })
  .listen(Number(PORT), "127.0.0.1");

function talk(input, sessionid) {
  const body = new URLSearchParams({ input, ...(sessionid && { sessionid }) }).toString();
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    request({ agent, port: BOT_PORT, host: "127.0.0.1", method: "POST", path: "/talk", headers })
      .on("response", (response) => {
        let text = "";
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () => resolve(JSON.parse(text)));
      })
      .on("error", reject)
      .end(body);
  });
}

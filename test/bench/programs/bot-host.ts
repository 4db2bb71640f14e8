// A hosted bot that answers at once, in the words of the Pandorabots API.
let clients = 0;

Bun.serve({
  port: Number(process.env["PORT"]),
  hostname: "127.0.0.1",
  fetch({ url }) {
    clients += 1;
    const named = url.includes("/atalk") ? { client_name: `c${clients}` } : {};
    return Response.json({ status: "ok", responses: ["Hi there!"], sessionid: 1, ...named });
  },
});

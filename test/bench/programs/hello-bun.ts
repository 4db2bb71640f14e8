// The least a compiled web server can be.
Bun.serve({
  port: Number(process.env["PORT"]),
  hostname: "127.0.0.1",
  fetch: () => new Response("ok"),
});

import { Elysia } from "elysia";

// The least a server on botline's framework can be.
new Elysia()
  .all("/*", () => "ok")
  .listen({ port: Number(process.env["PORT"]), hostname: "127.0.0.1" });

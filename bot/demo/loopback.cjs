// Loaded into the Playground with `node --require`: it has no setting for the address it listens
// on, and would listen on every interface of the machine. Finding its port taken it would choose
// another (port 0) and say nothing; here it ends and says so.
"use strict";
const net = require("node:net");
const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function (...args) {
  const [first, second] = args;
  if (first === 0) {
    process.stderr.write("The port is taken.\n");
    process.exit(1);
  }
  if (typeof first === "number" && typeof second !== "string") {
    args.splice(1, 0, "127.0.0.1");
  } else if (first && typeof first === "object" && first.port !== undefined && !first.host) {
    args[0] = { ...first, host: "127.0.0.1" };
  }
  return listen.apply(this, args);
};

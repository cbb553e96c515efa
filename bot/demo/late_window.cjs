// Loaded into the Playground with `node --require`. What the bot sends while no page is open is
// kept, and handed to the first socket a page opens. The page opens that socket before it knows
// its chats, and drops what it is handed. So the socket waits until the page announces its chat,
// which is the last thing it does while it loads.
"use strict";
const http = require("node:http");
const emit = http.Server.prototype.emit;
const waiting = [];
let loading = false;

http.Server.prototype.emit = function (event, ...args) {
  const [request, second] = args;
  if (event === "request" && request.url === "/") {
    loading = true;
  }
  if (event === "upgrade" && loading && request.url.startsWith("/_ws_conversation/")) {
    waiting.push(() => second.destroyed || emit.call(this, event, ...args));
    return true;
  }
  if (event === "request" && request.url.endsWith("/installation")) {
    second.once("finish", () => {
      loading = false;
      waiting.splice(0).forEach((open) => open());
    });
  }
  return emit.call(this, event, ...args);
};

// Reads a JSON list of cards from standard input and parses each with the library that draws
// cards on the web. Prints a JSON list with what it has to say about each. Properties that only
// Teams knows (roundedCorners, showBorder, msteams) are skipped by it without a word.
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const root = path.join(__dirname, "..", "..", "node_modules", "adaptivecards");
const source = path.join(root, "dist", "adaptivecards.js");
// The package's own entry cannot be loaded by node, its bundle for browsers can.
const bundle = { exports: {} };
const wrapped = `(function (module, exports) {${fs.readFileSync(source, "utf8")}\n})`;
vm.runInThisContext(wrapped, { filename: source })(bundle, bundle.exports);
const library = bundle.exports;

function parse(json) {
  const card = new library.AdaptiveCard();
  const context = new library.SerializationContext(library.Versions.v1_5);
  card.parse(json, context);
  const said = [];
  for (let index = 0; index < context.eventCount; index += 1) {
    said.push(context.getEventAt(index).message);
  }
  for (const event of card.validateProperties().validationEvents) {
    said.push(event.message);
  }
  return said;
}

const cards = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cards.map(parse)));

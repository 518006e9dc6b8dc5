// Which of these bytes does a pocket read? Hex by reader on stdin; for each "1", or "0" for a LayoutError.
import { readFileSync } from "node:fs";
import * as wire from "../../pocket/src/wire/index.ts";

const asked = JSON.parse(readFileSync(0, "utf8"));
const said = Object.entries(asked).map(([reader, all]) => [reader, all.map((hex) => judged(reader, hex)).join("")]);
process.stdout.write(JSON.stringify(Object.fromEntries(said)));

function judged(reader, hex) {
  try {
    wire[reader](wire.fromHex(hex));
    return "1";
  } catch (error) {
    if (error instanceof wire.LayoutError) return "0";
    throw error;
  }
}

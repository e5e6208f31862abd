// Writes the bindings that CDKTF makes of a provider's schema. Usage: node bindings.js SCHEMA.json FOLDER
//
// The schema is what `terraform providers schema -json` prints.
const fs = require("fs");
const { CodeMaker } = require("codemaker");
// Not the package's whole, which wants the compilers of four other languages as well.
const { TerraformProviderGenerator } = require("@cdktf/provider-generator/lib/get/generator/provider-generator");

async function main([schema, folder]) {
  const code = new CodeMaker();
  code.indentation = 2;
  new TerraformProviderGenerator(code, JSON.parse(fs.readFileSync(schema, "utf8"))).generateAll();
  await code.save(folder);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});

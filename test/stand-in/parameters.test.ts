import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import {
  CREATE_PARAMETERS,
  LIST_PARAMETERS,
  type ParameterRules,
  UPDATE_PARAMETERS,
} from "../../src/stand-in/parameters.ts";

// Twilio's published description lies beside the project, not in it.
const file = Bun.file(
  join(import.meta.dir, "..", "..", "..", "shared", "twilio", "api-v2010-openapi.json"),
);
const description = Object((await file.exists()) ? await file.json() : undefined);

const LIST = "/2010-04-01/Accounts/{AccountSid}/Messages.json";
const ONE = "/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json";

const tables: [string, ParameterRules, () => [string, unknown][]][] = [
  ["creating", CREATE_PARAMETERS, () => formOf(description.paths[LIST].post)],
  ["updating", UPDATE_PARAMETERS, () => formOf(description.paths[ONE].post)],
  ["listing", LIST_PARAMETERS, () => queryOf(description.paths[LIST].get)],
];

if (await file.exists()) describe("Twilio's description", compare);
else
  process.stdout.write(
    "the stand-in's parameters were not compared: ../shared/twilio/api-v2010-openapi.json is not here\n",
  );

function compare(): void {
  test.each(tables)("has the same parameters of %s as we", (_, rules, published) => {
    const wanted = published().map(([name, schema]) => [name, toRule(schema)]);

    expect(Object.entries(rules)).toEqual(expect.arrayContaining(wanted));
    expect(wanted).toHaveLength(Object.keys(rules).length);
  });
}

function formOf(operation: unknown): [string, unknown][] {
  const { content } = Object(operation).requestBody;
  return Object.entries(content["application/x-www-form-urlencoded"].schema.properties);
}

function queryOf(operation: unknown): [string, unknown][] {
  const { parameters } = Object(operation);
  return parameters
    .filter((parameter: { in: string }) => parameter.in === "query")
    .map(({ name, schema }: { name: string; schema: unknown }) => [name, schema]);
}

/** Of a schema, what the tables hold; telephone numbers have rules of their own. */
function toRule(schema: unknown): unknown {
  const { type, enum: words, pattern, format } = resolve(Object(schema));
  const isChecked = format === "uri" || format === "date-time";
  return {
    type,
    ...(words ? { enum: words } : {}),
    ...(pattern ? { pattern } : {}),
    ...(isChecked ? { format } : {}),
  };
}

function resolve(schema: { $ref?: string; [name: string]: unknown }): Record<string, unknown> {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : description.components.schemas[name];
}

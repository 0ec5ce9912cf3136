import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { llmos, type ILlmosOptions } from './run';

const FILE = join(__dirname, '../../cli/schema/output.json');
const schemas = JSON.parse(readFileSync(FILE, 'utf8')) as {
  readonly $defs: Readonly<Record<string, unknown>>;
};
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false });

/** What `--json` printed, held against the schema of its command. */
export function checked(command: string, stdout: string): unknown {
  const value: unknown = JSON.parse(stdout);
  const key = command.replaceAll(' ', '%20');
  const schema = { $ref: `#/$defs/${key}`, $defs: schemas.$defs };
  if (!ajv.validate(schema, value)) {
    throw new Error(`${command} --json: ${ajv.errorsText()}\n${stdout.slice(0, 2000)}`);
  }
  return value;
}

/** Runs a command with `--json`; gives what it printed, checked, and its exit code. */
export function llmosJson(
  command: string,
  args: readonly string[],
  options: ILlmosOptions = {}
): {
  readonly code: number | null;
  readonly value: unknown;
  readonly stderr: string;
} {
  const run = llmos([...command.split(' '), ...args, '--json'], options);
  if (run.stdout === '') {
    throw new Error(`${command}: ${run.stderr}`);
  }
  const { code, stdout, stderr } = run;
  return { code, value: checked(command, stdout), stderr };
}

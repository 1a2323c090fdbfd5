import { parseArguments, usage, type CliOptions } from './arguments.ts';
import { startSandbox, type Sandbox } from './start-sandbox.ts';

let options: CliOptions | null = null;
try {
  options = parseArguments(process.argv.slice(2));
} catch (error) {
  fail(error, usage);
}
if (options) await main(options).catch(fail);

function fail(error: unknown, hint = ''): void {
  console.error(error instanceof Error ? error.message : error);
  if (hint !== '') console.error(hint);
  process.exitCode = 1;
}

async function main(options: CliOptions): Promise<void> {
  const sandbox = await startSandbox(options);
  console.log(options.json ? asJson(sandbox) : asWords(sandbox));

  const end = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  if (options.untilStdinCloses) {
    process.stdin.once('end', end).once('close', end).resume();
  }
}

function asJson({ apiUrl, controlUrl, tokens, connections, consoleCertificate }: Sandbox): string {
  return JSON.stringify({ apiUrl, controlUrl, tokens, connections, consoleCertificate });
}

function asWords({ apiUrl, controlUrl, tokens, connections }: Sandbox): string {
  const [first] = connections;
  return [
    `API      ${apiUrl}`,
    `Control  ${controlUrl}`,
    `Tokens   full access  ${tokens.full}`,
    `         read-only    ${tokens.readOnly}`,
    `         scoped       ${tokens.scoped}`,
    ...(first
      ? [`SSH      ssh -p ${first.port} ${first.user}@${first.host}  password ${first.password}`]
      : []),
    'Ctrl+C ends it; nothing is kept.',
  ].join('\n');
}

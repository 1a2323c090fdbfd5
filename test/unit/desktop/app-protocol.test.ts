import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Protocol, ProtocolResponse, Session } from 'electron';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  declareAppScheme,
  resolveAppFile,
  serveApp,
  servingWay,
  type ServingOptions,
  type ServingWay,
} from '../../../main/desktop/app-protocol.ts';

const registerSchemesAsPrivileged = vi.hoisted(() => vi.fn());
vi.mock('electron', () => ({ protocol: { registerSchemesAsPrivileged } }));

let folder: string;
let root: string;

/** What Electron is given for an address. */
interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

const refused: Answer = { status: 404, text: '', headers: {} };

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'evorxa-app-')));
  root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'renderer-secret'));
  const files = [
    'index.html',
    'assets/a.js',
    'assets/ü b.css',
    'f.woff2',
    'i.png',
    'i.svg',
    'notes.txt',
    'app.js.map',
    'none',
  ];
  for (const file of files) writeFileSync(join(root, file), file);
  for (const file of ['secret.html', 'renderer-secret/a.html']) writeFileSync(join(folder, file), 'SECRET');
  symlinkSync(join(folder, 'secret.html'), join(root, 'link.html'));
  symlinkSync(folder, join(root, 'outside'));
  symlinkSync(join(root, 'gone.html'), join(root, 'dangling.html'));
  symlinkSync(join(root, 'index.html'), join(root, 'inside.html'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Asks by one of the ways, as Electron does. */
async function askBy(
  way: ServingWay,
  address: string,
  method = 'GET',
  pictureOf?: ServingOptions['pictureOf'],
): Promise<Answer> {
  let answered: (answer: Promise<Answer>) => void = () => undefined;
  const answer = new Promise<Answer>((resolve) => (answered = resolve));
  const protocol = {
    registerFileProtocol: (_scheme: string, given: Parameters<Protocol['registerFileProtocol']>[1]) =>
      given({ url: address, method, headers: {}, referrer: '' }, (file) => {
        answered(Promise.resolve(ofFile(file)));
      }),
    handle: (_scheme: string, given: Parameters<Protocol['handle']>[1]) => {
      // `Request` takes no such address as GET of a scheme of its own, and no method that Electron may pass on.
      answered(Promise.resolve(given({ url: address, method } as Request)).then(ofResponse));
    },
  };
  serveApp({ protocol } as unknown as Session, { root, way, ...(pictureOf && { pictureOf }) });
  return answer;
}

function ofFile(file: string | ProtocolResponse): Answer {
  if (typeof file === 'string') throw new Error('A file without headers.');
  const { statusCode = 200, path, headers = {} } = file;
  const text = path === undefined ? '' : readFileSync(path, 'utf8');
  return { status: statusCode, text, headers: headers as Record<string, string> };
}

const ofResponse = async (response: Response): Promise<Answer> => ({
  status: response.status,
  text: await response.text(),
  headers: Object.fromEntries(response.headers),
});

it('is declared as a standard, secure scheme that does not get around the policy', () => {
  declareAppScheme();
  expect(registerSchemesAsPrivileged).toHaveBeenCalledExactlyOnceWith([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
});

describe.each<ServingWay>(['file', 'handle'])('what is served by %s', (way) => {
  const ask = (address: string): Promise<Answer> => askBy(way, address);

  it.each([
    ['index.html', 'index.html', 'text/html; charset=utf-8'],
    ['index.html?page=1#top', 'index.html', 'text/html; charset=utf-8'],
    ['assets/a.js', 'assets/a.js', 'text/javascript; charset=utf-8'],
    ['assets/%C3%BC%20b.css', 'assets/ü b.css', 'text/css; charset=utf-8'],
    ['f.woff2', 'f.woff2', 'font/woff2'],
    ['i.png', 'i.png', 'image/png'],
    ['i.svg', 'i.svg', 'image/svg+xml'],
    ['inside.html', 'index.html', 'text/html; charset=utf-8'],
    ['assets/../index.html', 'index.html', 'text/html; charset=utf-8'],
  ])('%s', async (path, text, type) => {
    const answer = await ask(`app://evorxa/${path}`);
    expect(answer).toMatchObject({ status: 200, text, headers: { 'content-type': type } });
  });

  it('carries the policy: our own scripts only, no inline script, no eval, no network', async () => {
    const { headers } = await ask('app://evorxa/index.html');
    const policy = new Map(
      String(headers['content-security-policy'])
        .split('; ')
        .map((part) => {
          const [name, ...sources] = part.split(' ');
          return [name, sources.join(' ')];
        }),
    );
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'unsafe-inline'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'connect-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  });
});

describe.each<ServingWay>(['file', 'handle'])('a picture of the page, by %s', (way) => {
  const picture = (): string => join(folder, 'secret.html');

  it('takes the place of the page, under the same policy', async () => {
    const plain = await askBy(way, 'app://evorxa/index.html');
    const pictured = await askBy(way, 'app://evorxa/index.html', 'GET', picture);
    expect(pictured).toEqual({ ...plain, text: 'SECRET' });
  });

  it('is the page as it was built where there is none', async () => {
    expect((await askBy(way, 'app://evorxa/index.html', 'GET', () => null)).text).toBe('index.html');
  });

  it.each(['assets/a.js', 'inside.html', 'secret.html'])('is not asked for with %s', async (path) => {
    const pictureOf = vi.fn(picture);
    await askBy(way, `app://evorxa/${path}`, 'GET', pictureOf);
    await askBy(way, 'app://evorxa/index.html', 'POST', pictureOf);
    expect(pictureOf).not.toHaveBeenCalled();
  });
});

const hostile = [
  '/../secret.html',
  '/assets/../../secret.html',
  '/%2e%2e/secret.html',
  '/%2E%2E%2Fsecret.html',
  '/..%2fsecret.html',
  '/%252e%252e/secret.html',
  '/%252e%252e%252fsecret.html',
  '/..%5csecret.html',
  '/..\\secret.html',
  '/%5c%5cserver%5cshare%5ca.html',
  '//server/share/a.html',
  '/\\\\server\\share\\a.html',
  '/C:/Windows/a.html',
  '/C%3A/Windows/a.html',
  '/C%3A%5CWindows%5Ca.html',
  '/index.html%00.png',
  '/index.html\0.png',
  '/%00',
  '/index.html:stream.html',
  '/../renderer-secret/a.html',
  '/..%2frenderer-secret/a.html',
  '/link.html',
  '/outside/secret.html',
  '/dangling.html',
  '/notes.txt',
  '/app.js.map',
  '/none',
  '/.html/',
  '/assets',
  '/',
  '',
  '/index.html/',
  '/gone.html',
  '/%',
  '/%ff%fe.html',
  '/%E0%A4%A',
];

describe.each<ServingWay>(['file', 'handle'])('what is refused by %s', (way) => {
  const ask = (address: string, method?: string): Promise<Answer> => askBy(way, address, method);

  it.each(hostile)('path %j', async (path) => {
    expect(await ask(`app://evorxa${path}`)).toEqual(refused);
  });

  it.each([
    'app://other/index.html',
    'app://evorxa.evil.example/index.html',
    'app://evorxa:80/index.html',
    'app:///index.html',
    'app:index.html',
    'file:///index.html',
    'https://evorxa/index.html',
    'not an address',
  ])('address %s', async (address) => {
    expect(await ask(address)).toEqual(refused);
  });

  it.each(['POST', 'PUT', 'HEAD', 'DELETE'])('method %s', async (method) => {
    expect(await ask('app://evorxa/index.html', method)).toEqual(refused);
  });
});

it('anything that would lie outside, in whatever spelling', () => {
  const part = fc.oneof(
    fc.constantFrom(
      '..',
      '%2e%2e',
      '%2E.',
      '%252e%252e',
      '.',
      '/',
      '%2f',
      '\\',
      '%5c',
      'C:',
      '%00',
      'assets',
      'a.html',
      '%',
    ),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.constantFrom('', '.html', '/a.js'), (parts, end) => {
      const file = resolveAppFile('/srv/app', `app://evorxa/${parts.join('')}${end}`);
      return file === null || (file.startsWith('/srv/app/') && !/\/\.\.(\/|$)|[\\%:\0]/.test(file));
    }),
    { numRuns: 2000 },
  );
});

it('is served by the older way while Electron has it, and who runs it from its sources may ask for the newer', () => {
  const session = (protocol: object): Session => ({ protocol }) as unknown as Session;
  const handle = (): undefined => undefined;
  expect(servingWay(session({ handle, registerFileProtocol: handle }))).toBe('file');
  expect(servingWay(session({ handle, registerFileProtocol: handle }), 'something')).toBe('file');
  expect(servingWay(session({ handle, registerFileProtocol: handle }), 'handle')).toBe('handle');
  expect(servingWay(session({ handle }))).toBe('handle');
  expect(servingWay(session({ handle }), 'file')).toBe('handle');
});

describe('once the archive is gone', () => {
  /** Serves by `file`; `ask` gives the path that Electron is given. */
  function served() {
    let answerTo: Parameters<Protocol['registerFileProtocol']>[1] = () => undefined;
    const protocol = {
      registerFileProtocol: (_scheme: string, given: typeof answerTo) => (answerTo = given),
    };
    const serving = serveApp({ protocol } as unknown as Session, { root, way: 'file' });
    const ask = (path: string): Promise<ProtocolResponse> =>
      new Promise((resolve) =>
        answerTo({ url: `app://evorxa/${path}`, method: 'GET', headers: {}, referrer: '' }, (file) =>
          resolve(file as ProtocolResponse),
        ),
      );
    return { serving, ask };
  }

  it('a file is served from a copy that no other user can read, with the same headers', async () => {
    const { serving, ask } = served();
    const before = await ask('assets/a.js');
    expect(before.path).toBe(join(root, 'assets/a.js'));
    serving.archiveGone();
    const [page, script, again] = await Promise.all([
      ask('index.html'),
      ask('assets/a.js'),
      ask('assets/a.js'),
    ]);
    expect(script).toEqual({ ...before, path: again.path });
    expect(readFileSync(String(script.path), 'utf8')).toBe('assets/a.js');
    expect(readFileSync(String(page.path), 'utf8')).toBe('index.html');
    const copies = dirname(String(page.path));
    expect(copies.startsWith(root)).toBe(false);
    expect(statSync(copies).mode & 0o077).toBe(0);
    serving.close();
    expect(existsSync(copies)).toBe(false);
  });

  it('what may not be served is refused as before', async () => {
    const { serving, ask } = served();
    serving.archiveGone();
    for (const path of ['link.html', 'notes.txt', 'gone.html'])
      expect(await ask(path)).toEqual({ statusCode: 404 });
    serving.close();
  });
});

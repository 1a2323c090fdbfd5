import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { filled, isKnown, variablesOf } from '../../../../renderer/snippets/fill.ts';

const fill = (text: string, value: string | null): string | null => filled(text, () => value).text;

/** Names that somebody else may have chosen: none may be more than an argument. */
const hostile = [
  '; touch owned',
  '$(touch owned)',
  '`touch owned`',
  "'; touch owned; '",
  '"; touch owned; "',
  "\\'; touch owned; #",
  '\\"; touch owned; #',
  'it\'s \\ "all" $HOME `here` !! {a,b} * ? ~ & | < > ( ) #',
  'a\\',
  "\\'\\\\'\\",
  'ü€😀\u202e',
  '',
];

const shells = ['sh', 'bash', 'zsh', 'fish'].filter((shell) => spawnSync(shell, ['-c', 'true']).status === 0);

it('finds each variable once, in its order', () => {
  expect(variablesOf('ssh {{user}}@{{ ip }} -p {{port}} {{ip|raw}} {{größe 2}} {{}} {{1x}}')).toEqual([
    'user',
    'ip',
    'port',
    'größe 2',
  ]);
  expect(['ip', 'name', 'id', 'user', 'host', 'region'].map(isKnown)).toEqual([
    ...[true, true, true, true, true],
    false,
  ]);
});

describe('a value', () => {
  it('that no shell acts on is put as it is', () => {
    expect(fill('ping -c 3 {{ip}}', '203.0.113.42')).toBe('ping -c 3 203.0.113.42');
    expect(fill('grep "{{ip}}" \'{{ip}}\'', '2001:db8::1')).toBe('grep "2001:db8::1" \'2001:db8::1\'');
  });

  it('loses what a terminal acts on', () => {
    expect(fill('echo {{name}}', 'a\u0003\u001b[A\r\nb\tc\u009b')).toBe("echo 'a[Abc'");
  });

  it('that is not known is said', () => {
    expect(filled('ping {{ip}}', () => null)).toMatchObject({
      text: null,
      problem: '{{ip}} is not known here.',
    });
  });

  describe.each(shells)('in %s', (shell) => {
    const argumentsOf = (text: string): readonly string[] => {
      const printed = execFileSync(shell, ['-c', text], { cwd: '/proc/self', encoding: 'utf8' });
      return printed.split('\n').slice(0, -1);
    };

    it.each(hostile)('is one argument, whatever is in it: %j', (value) => {
      const text = fill("printf '%s\\n' {{name}} \"<{{name}}>\" '<{{name}}>' a{{name}}b", value);
      expect(text).not.toBeNull();
      expect(argumentsOf(text ?? '')).toEqual([value, `<${value}>`, `<${value}>`, `a${value}b`]);
    });
  });

  it.each([
    'echo \\{{name}}',
    'echo "\\{{name}}"',
    'echo ${{name}}',
    'echo `echo {{name}}`',
    'echo "$(echo {{name}})"',
    'echo $(date) {{name}}',
    "echo $'{{name}}'",
    'echo "${x:-{{name}}}"',
    "echo 'a\\{{name}}'",
    'cat <<EOF\n{{name}}\nEOF',
    "# don't\necho {{name}}",
    "echo 'two\nlines {{name}}'",
    'echo $((1 + {{name}}))',
  ])('that a shell may act on is refused where its quotes are not certain: %s', (text) => {
    expect(filled(text, () => 'api-prod-1').problem).toBeNull();
    expect(filled(text, () => '$(touch owned)').problem).toMatch(/cannot be quoted/);
  });

  it('is put as it was typed where that is asked for, and never so where others can choose it', () => {
    expect(fill('ls {{flags|raw}}', '-l -a')).toBe('ls -l -a');
    expect(fill('ls {{ name | raw }}', 'api-prod-1')).toBe('ls api-prod-1');
    expect(filled('ls {{name|raw}}', () => 'a; b').problem).toMatch(/comes from the cloud/);
  });
});

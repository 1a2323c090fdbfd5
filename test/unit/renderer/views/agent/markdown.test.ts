import { describe, expect, it } from 'vitest';
import { blocksOf, type Block, type Inline } from '../../../../../renderer/views/agent/markdown.ts';

const text = (value: string): Inline => ({ kind: 'text', text: value });
const paragraph = (...parts: readonly Inline[]): Block => ({ kind: 'paragraph', parts });

describe('what the agent says', () => {
  it('is read as Markdown: names, commands, lists, headings, tables', () => {
    expect(blocksOf('**api-prod-1** runs `nginx -t`')).toEqual([
      paragraph({ kind: 'strong', parts: [text('api-prod-1')] }, text(' runs '), {
        kind: 'code',
        text: 'nginx -t',
      }),
    ]);
    expect(blocksOf('```sh\nls -l | grep "a < b"\n```')).toEqual([
      { kind: 'code', text: 'ls -l | grep "a < b"' },
    ]);
    expect(blocksOf('## Next\n\n1. one\n2. two')).toEqual([
      { kind: 'heading', parts: [text('Next')] },
      { kind: 'list', first: 1, items: [[paragraph(text('one'))], [paragraph(text('two'))]] },
    ]);
    expect(blocksOf('- a\n  - b')).toEqual([
      {
        kind: 'list',
        first: null,
        items: [[paragraph(text('a')), { kind: 'list', first: null, items: [[paragraph(text('b'))]] }]],
      },
    ]);
    expect(blocksOf('| a | b |\n|---|---|\n| 1 | 2 |')).toEqual([
      {
        kind: 'table',
        rows: [
          [[text('a')], [text('b')]],
          [[text('1')], [text('2')]],
        ],
      },
    ]);
  });

  it('keeps the ends of lines, as it was written', () => {
    expect(blocksOf('one\ntwo')).toEqual([paragraph(text('one'), { kind: 'break' }, text('two'))]);
  });

  it('has no HTML, no picture and nothing to click: their source and addresses are text', () => {
    const plain = (source: string): string =>
      JSON.stringify(blocksOf(source).map((block) => ('parts' in block ? block.parts : block)));
    expect(plain('a <b onclick="x()">b</b>')).toContain('<b onclick=');
    expect(blocksOf('<script>x()</script>')).toEqual([paragraph(text('<script>x()</script>'))]);
    expect(blocksOf('[the panel](https://evil.example/a)')).toEqual([
      paragraph(text('the panel'), text(' (https://evil.example/a)')),
    ]);
    expect(blocksOf('see https://example.com/a')).toEqual([
      paragraph(text('see '), text('https://example.com/a')),
    ]);
    expect(plain('![x](https://evil.example/p.png)')).toContain('![x](https://evil.example/p.png)');
    const kinds = new Set(JSON.stringify(blocksOf('[a](b) ![c](d) <e>')).match(/"kind":"\w+"/g));
    expect([...kinds]).toEqual(['"kind":"paragraph"', '"kind":"text"']);
  });

  it('of great length is shown as it came', () => {
    const long = '*'.repeat(200_000);
    expect(blocksOf(long)).toEqual([{ kind: 'code', text: long }]);
  });
});

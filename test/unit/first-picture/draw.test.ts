import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawPicture } from '../../../renderer/first-picture/draw.ts';
import { instance, jobOf } from './job.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '--><script>alert(1)</script><!--',
  '<!--]--><!--[-->',
  '</div></div></body><iframe src=//evil.example>',
];

/** All nodes of a page, as a browser reads it. */
function nodesOf(html: string): readonly Node[] {
  const all = (node: Node): Node[] =>
    ['childNodes' in node ? node.childNodes : []].flat().flatMap((child) => [child, ...all(child)]);
  return parse(html).childNodes.flatMap((node) => [node, ...all(node)]);
}

const textsOf = (nodes: readonly Node[]): readonly string[] =>
  nodes.flatMap((node) => ('value' in node ? [node.value] : []));

describe('the first picture', () => {
  let nodes: readonly Node[];
  let plain: readonly Node[];
  beforeAll(async () => {
    const names = hostile.map((name, at) => ({ ...instance(`i${at}`, name), hostname: name }));
    nodes = nodesOf(await drawPicture(jobOf(names)));
    plain = nodesOf(await drawPicture(jobOf(hostile.map((_, at) => instance(`i${at}`)))));
  });

  it('is the list of the last run, with what the next start knows', () => {
    const texts = textsOf(plain);
    for (const at of hostile.keys()) expect(texts).toContain(`i${at}`);
    expect(texts).toContain('Ada');
    expect(texts.join(' ')).toMatch(/Connecting · data from \d\d:\d\d/);
  });

  it('shows names as they are, and takes none for markup', () => {
    const texts = textsOf(nodes);
    for (const name of hostile) expect(texts.filter((text) => text === name).length).toBe(2);
    const marks = (of: readonly Node[]): readonly string[] =>
      of.map(({ nodeName }) => nodeName).filter((name) => name !== '#text');
    expect(marks(nodes)).toEqual(marks(plain));
  });

  it('has no script, nothing that runs one, and nothing to load', () => {
    const elements = nodes.flatMap((node) => ('attrs' in node ? [node] : []));
    expect(elements.length).toBeGreaterThan(100);
    for (const { tagName, attrs } of elements) {
      expect(['script', 'iframe', 'object', 'embed', 'link', 'base', 'form', 'style', 'img']).not.toContain(
        tagName,
      );
      for (const { name, value } of attrs) {
        expect(name).not.toMatch(/^on/);
        if (name === 'src' || name === 'href') expect(value).toMatch(/^#\//);
      }
    }
  });

  it('draws the rows that are in view, whatever there are', async () => {
    const many = Array.from({ length: 1_000 }, (_, at) => instance(`many-${at}`));
    const html = await drawPicture(jobOf(many));
    expect(html.match(/aria-rowindex="/g)).toHaveLength(1 + Math.ceil((600 - 34) / 48));
    expect(html).toContain('aria-rowcount="1001"');
    expect(html.length).toBeLessThan(200_000);
  });
});

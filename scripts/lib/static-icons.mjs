// Vite plugin: draws Lucide's icons from templates.
import { readFile } from 'node:fs/promises';

const iconFile = /[\\/]@lucide[\\/]svelte[\\/]dist[\\/]icons[\\/][\w-]+\.svelte$/;
const iconData = /^const iconData = (\{.*\});$/m;

/**
 * Lucide's own component makes each icon out of data as it is drawn: an element at a time, a dozen attributes each by a call of
 * their own, and again as a picture is taken over. These are drawn hundreds of times in a list. As templates, which Svelte
 * clones whole, they are the same elements, of what the app uses of an icon: its size, and what it is for a screen reader.
 * @returns {import('vite').Plugin}
 */
export function staticIcons() {
  return {
    name: 'static-icons',
    enforce: 'pre',
    load: {
      filter: { id: iconFile },
      handler: async (id) => staticIcon(await readFile(id, 'utf8')),
    },
  };
}

/**
 * The component of an icon, as Lucide ships it, as one that is a template.
 * @param {string} source
 * @returns {string} Throws where Lucide ships something else.
 */
export function staticIcon(source) {
  const found = iconData.exec(source)?.[1];
  if (found === undefined) throw new Error(`Lucide ships icons in another form: ${source.slice(0, 400)}`);
  /** @type {{ name: string, size: number, node: readonly (readonly [tag: string, attributes: Record<string, string>])[] }} */
  const { name, size, node } = JSON.parse(found);
  const parts = node.map(([tag, attributes]) => `<${tag}${inMarkup(attributes)} />`);
  return `<script lang="ts">
  const { size = ${size}, 'aria-hidden': hidden, 'aria-label': label } = $props();
</script>

<svg
  xmlns="http://www.w3.org/2000/svg"
  width={size}
  height={size}
  viewBox="0 0 ${size} ${size}"
  fill="none"
  stroke="currentColor"
  stroke-width="2"
  stroke-linecap="round"
  stroke-linejoin="round"
  class="lucide lucide-${name}"
  aria-hidden={hidden ?? (label === undefined ? 'true' : undefined)}
  aria-label={label}>${parts.join('')}</svg>
`;
}

/** @param {Record<string, string>} attributes */
function inMarkup(attributes) {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}

export { createSnippets, type Snippets } from './snippets.ts';
export { readSnippetsFile } from './snippets-file.ts';

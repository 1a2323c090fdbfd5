import type { RegexTrial } from './regex-trial.ts';

/** Goes through the lines as a search does, and says so when it is through. */
self.onmessage = ({ data }: MessageEvent<RegexTrial>) => {
  const { source, flags, lines } = data;
  const expression = new RegExp(source, flags);
  for (const line of lines) {
    expression.lastIndex = 0;
    for (let match = expression.exec(line); match !== null; match = expression.exec(line))
      if (match[0] === '') expression.lastIndex += 1;
  }
  self.postMessage('through');
};

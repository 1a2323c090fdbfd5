const bytesPerMegabyte = 1_000_000;

/**
 * The text of a download's progress: `Downloading X: 98 of 196 MB (50 %)`.
 * @param {string} what
 * @param {number} doneBytes
 * @param {number} totalBytes Above 0.
 */
export function progressLine(what, doneBytes, totalBytes) {
  const done = Math.min(doneBytes, totalBytes);
  const megabytes = (/** @type {number} */ bytes) => Math.round(bytes / bytesPerMegabyte);
  const percent = Math.floor((done / totalBytes) * 100);
  return `${what}: ${megabytes(done)} of ${megabytes(totalBytes)} MB (${percent} %)`;
}

/**
 * Draws progress: in place on a terminal, a line for each tenth elsewhere (logs stay short).
 * @param {string} what
 * @param {number} totalBytes
 * @param {{ isTTY?: boolean, write(text: string): unknown }} [output]
 * @returns {{ update(doneBytes: number): void, end(): void }}
 */
export function createProgress(what, totalBytes, output = process.stderr) {
  let lastTenth = -1;
  return {
    update(doneBytes) {
      const line = progressLine(what, doneBytes, totalBytes);
      const tenth = Math.floor((doneBytes / totalBytes) * 10);
      if (output.isTTY) output.write(`\r${line}`);
      else if (tenth > lastTenth) output.write(`${line}\n`);
      lastTenth = Math.max(lastTenth, tenth);
    },
    end() {
      if (output.isTTY) output.write('\n');
    },
  };
}

import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { Plugin } from "vite";

/** What gets smaller; fonts, sounds and pictures are small already. */
const compressible = new Set([".css", ".html", ".js", ".json", ".svg", ".txt"]);

/**
 * Puts `NAME.br` and `NAME.gz` beside each file of `folder` that they make
 * smaller, for the gateway to send in its place.
 */
export function compress(folder: string): Plugin {
  return {
    name: "compress",
    apply: "build",
    async closeBundle() {
      for (const entry of await readdir(folder, {
        recursive: true,
        withFileTypes: true,
      })) {
        if (!entry.isFile() || !compressible.has(extname(entry.name))) continue;
        await compressFile(join(entry.parentPath, entry.name));
      }
    },
  };
}

async function compressFile(file: string): Promise<void> {
  const plain = await readFile(file);
  for (const [ending, pack] of [
    [".br", promisify(brotliCompress)],
    [".gz", promisify(gzip)],
  ] as const) {
    const packed = await pack(plain);
    if (packed.length < plain.length) await writeFile(file + ending, packed);
  }
}

import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compress } from "./compress";

const here = import.meta.dirname;
const outDir = resolve(here, "../../build/web");

export default defineConfig({
  plugins: [react(), compress(outDir)],
  // Each page is also served under a path of its own.
  base: "/",
  build: {
    outDir,
    emptyOutDir: true,
    target: "es2022",
    // The content security policy allows no `data:`.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: ["index", "display", "counter", "kiosk"].map((page) =>
        resolve(here, `${page}.html`),
      ),
    },
  },
  server: {
    fs: { allow: [resolve(here, "../..")] },
  },
  test: {
    include: ["{src,clips}/**/*.test.{ts,tsx}"],
  },
});

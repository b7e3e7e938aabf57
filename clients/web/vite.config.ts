import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const here = import.meta.dirname;

export default defineConfig({
  plugins: [react()],
  // Each page is also served under a path of its own.
  base: "/",
  build: {
    outDir: resolve(here, "../../build/web"),
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

import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";

/** Asserts that axe finds nothing wrong with a page; `rules` are turned on, too. */
export async function isAccessible(page, what, rules = []) {
  const on = Object.fromEntries(rules.map((rule) => [rule, { enabled: true }]));
  const { violations } = await new AxeBuilder({ page })
    .options({ rules: on })
    .analyze();
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
    [],
    what,
  );
}

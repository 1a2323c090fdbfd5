import { configDefaults, defineConfig } from 'vitest/config';
import common from './vitest.config.ts';

/** Each takes seconds for every mutant it reaches: they kill processes, wait on real servers, run other programs or measure scale. */
const slow = [
  'test/unit/{sandbox,scripts,ssh,support,utility-process}/**',
  'test/unit/domain/runway-of-many.test.ts',
  'test/unit/monitor/{with-sandbox,ledger.property}.test.ts',
  'test/unit/storage/killed-in-mid-write.test.ts',
  'test/unit/keychain/keyring-session.test.ts',
  'test/unit/terminal/{first-connection,flow,paste,sshd-in-trouble,unreachable-servers}.test.ts',
  'test/unit/**/{real-*,*-real}.test.ts',
  'test/unit/api/endpoints/*.property.test.ts',
];

const { MUTATION_TESTS: ownTests } = process.env;

export default defineConfig({
  ...common,
  test: {
    ...common.test,
    ...(ownTests !== undefined && { include: [ownTests] }),
    exclude: [...configDefaults.exclude, ...slow],
    // Many mutants leave a test waiting for what never comes. Past Stryker's own limit it would start its runner anew.
    testTimeout: 5_000,
    hookTimeout: 5_000,
  },
});

import { configDefaults, mergeConfig } from 'vitest/config';
import common from './vitest.config.ts';

/** Each takes seconds for every mutant it reaches: they kill processes, wait on real servers or run other programs. */
const slow = [
  'test/unit/{sandbox,scripts,ssh,support,utility-process}/**',
  'test/unit/storage/killed-in-mid-write.test.ts',
  'test/unit/keychain/keyring-session.test.ts',
  'test/unit/**/{real-*,*-real}.test.ts',
];

export default mergeConfig(common, { test: { exclude: [...configDefaults.exclude, ...slow] } });

import { describe, expect, it, vi } from 'vitest';
import { AccountGate } from '../../../main/monitor/account-gate.ts';
import { offline, unauthorized, unavailable } from './builders.ts';

describe('when an account may be asked', () => {
  it('is when it is due, and not before the server wants to be asked', () => {
    let waitMs = 0;
    const gate = new AccountGate(() => waitMs, vi.fn());
    expect(gate.admitAtMs(1_000, 400)).toBe(1_000);
    expect(gate.admitAtMs(100, 400)).toBe(400);
    waitMs = 5_000;
    expect(gate.admitAtMs(1_000, 400)).toBe(5_400);
    expect(gate.admitAtMs(9_000, 400)).toBe(9_000);
  });

  it('is not at all after the token was refused, until a request succeeds; that is told once', () => {
    const onReopen = vi.fn();
    const gate = new AccountGate(() => 0, onReopen);
    gate.learn(null);
    gate.learn(unavailable);
    expect(gate.signedOut).toBe(false);
    expect(onReopen).not.toHaveBeenCalled();
    gate.learn(unauthorized);
    expect(gate.signedOut).toBe(true);
    expect(gate.admitAtMs(0, 0)).toBeNull();
    gate.learn(unavailable);
    gate.learn(offline);
    expect(gate.signedOut).toBe(true);
    gate.learn(null);
    gate.learn(null);
    expect(gate.signedOut).toBe(false);
    expect(gate.admitAtMs(7, 0)).toBe(7);
    expect(onReopen).toHaveBeenCalledTimes(1);
  });
});

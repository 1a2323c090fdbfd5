/** Answers of an API with one server, `web-1`, whose console is opened by `access`. Changing the object changes the answers. */
export function oneServer(access: unknown): Record<string, unknown> {
  return {
    'GET /me': {
      user: { id: 1, name: 'Jane', email: 'jane@example.com', onboarded: true },
      projects: [{ id: 1, name: 'default' }],
    },
    'GET /wallet/balance': { balance_cents: 5_000 },
    'GET /instances': [
      {
        id: 'a1',
        name: 'web-1',
        hostname: 'web-1.example',
        status: 'running',
        plan: 'scout-1',
        main_ip: '203.0.113.5',
        billed_till: '2027-01-01T00:00:00Z',
      },
    ],
    [consoleAnswer]: access,
  };
}

/** The name of the answer that opens the console. */
export const consoleAnswer = 'GET /instances/a1/vnc';

import { describe, expect, it } from 'vitest';
import {
  deletionOf,
  hasSign,
  isRebootPending,
  saysDeletionToCome,
} from '../../../../main/api/read/deletion.ts';

const day = '2026-06-14';
const atMs = Date.UTC(2026, 5, 14);
const none = { isPending: false, atMs: null };
const some = { isPending: true, atMs: null };
const then = { isPending: true, atMs };

describe('a word for how a server stands', () => {
  it.each([
    ...[
      'pending_delete',
      'to be deleted',
      'deletion scheduled',
      'canceling',
      'Cancelled',
      ' cancelled ',
      'cancelling',
    ],
    ...[
      'scheduled for deletion',
      'terminate at end of cycle',
      'will be removed',
      'marked-for-destruction',
      'set to cancel',
    ],
    ...[
      'destroy queued',
      'removal planned',
      'deletion due',
      'cancel_at_period_end',
      'awaiting termination',
      'delete requested',
    ],
    ...[
      'server is to be destroyed',
      'subscription cancels at the end of the billing period',
      'deleting pending',
    ],
  ])('"%s" says that it is deleted later', (word) => expect(saysDeletionToCome(word)).toBe(true));

  it.each([
    ...[
      'deleted',
      'terminated',
      'destroyed',
      'removing',
      'xcancelled',
      'canceledx',
      'cancellation',
      'deletion',
      '',
    ],
    ...[
      'active',
      'pending',
      'pending restart',
      'not deleted',
      'pending delete me',
      'can be deleted',
      'reset',
    ],
    `${'pending '.repeat(20)}delete`,
  ])('"%s" does not', (word) => expect(saysDeletionToCome(word)).toBe(false));
});

describe('a server that is not renewed', () => {
  it.each([
    ...[
      'auto_renew',
      'is_auto_renew',
      'autoRenewal',
      'auto_renews',
      'auto_renewing',
      'auto_renewable',
      'auto_renew_enabled',
    ],
    ...[
      'will_renew',
      'willAutoRenew',
      'renews',
      'renew',
      'renewal_enabled',
      'renewal',
      'renewal_status',
      'renewing',
    ],
  ])('has a no to %s: it is deleted then', (name) => {
    const beside = { name: 'web', status: 'running' };
    for (const value of [
      false,
      0,
      'no',
      'off',
      'cancelled',
      'canceled',
      'disabled',
      'none',
      'stopped',
      'not renewed',
      ' not_renewing ',
      'non-renewing',
    ])
      expect([value, deletionOf({ ...beside, [name]: value, os: 'x' }).isPending]).toEqual([value, true]);
    for (const value of [true, 1, 'yes', 'on', 'active', null, '', 'cancelled soon', 'x disabled'])
      expect([value, deletionOf({ ...beside, [name]: value }).isPending]).toEqual([value, false]);
  });

  it('can say so two objects deep, among its first hundred fields', () => {
    expect(deletionOf({ a: { b: { auto_renew: false } } })).toEqual(some);
    expect(deletionOf({ a: { b: { c: { auto_renew: false } } } })).toEqual(none);
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`f${index}`, 1]));
    expect(deletionOf({ ...many, auto_renew: false })).toEqual(none);
    expect(deletionOf({ ...many, billing: { status: 'canceling' } })).toEqual(none);
  });

  it.each(['billing_status', 'state', 'phase', 'lifecycle', 'renewal'])('can say so as its %s', (name) => {
    expect(deletionOf({ [name]: ' Non-Renewing ' })).toEqual(some);
    expect(deletionOf({ [name]: 'renewing' })).toEqual(none);
  });
});

describe('a deletion that is planned', () => {
  const pending = ['pending', 'scheduled', 'planned', 'next', 'upcoming', 'queued', 'future'];
  const things = ['action', 'operation', 'task', 'job', 'event', 'change'];

  it.each(pending.flatMap((when) => things.flatMap((thing) => [`${when}_${thing}`, `${when}_${thing}s`])))(
    'can be the %s',
    (name) => {
      expect(deletionOf({ [name]: ' delete ' })).toEqual(some);
      expect(deletionOf({ [name]: { type: 'terminate', at: day } })).toEqual(then);
      expect(deletionOf({ [name]: [{ type: 'backup' }, '{"type":"destroy"}'] })).toEqual(some);
      expect(deletionOf({ [name]: ['restart', 7, null, { type: 7 }, { at: day }] })).toEqual(none);
      expect(deletionOf({ [name]: 'delete files' })).toEqual(none);
    },
  );

  it.each(['type', 'action', 'kind', 'name', 'operation', 'event', 'slug'])('is called by its %s', (name) => {
    expect(deletionOf({ scheduled_task: { [name]: 'delete', on: day } })).toEqual(then);
  });

  it.each('at date on when time scheduled_at scheduled_for run_at due_at execute_at effective_at'.split(' '))(
    'comes at its %s',
    (name) => {
      expect(deletionOf({ scheduled_task: { type: 'delete', [name]: day } })).toEqual(then);
    },
  );

  it.each(['flags', 'flag', 'server_markers', 'conditions', 'states'])('can be one of the %s', (name) => {
    expect(deletionOf({ [name]: ['protected', 'pending_delete'] })).toEqual(some);
    expect(deletionOf({ [name]: ['protected', 7] })).toEqual(none);
    expect(deletionOf({ labels: ['pending_delete'] })).toEqual(none);
  });

  it.each(['status', 'state', 'phase', 'lifecycle', 'renewal'])('can be the %s of what is paid', (name) => {
    expect(deletionOf({ subscription: { [name]: 'canceling' } })).toEqual(some);
    expect(deletionOf({ a: { b: { [name]: 'canceling' } } })).toEqual(some);
    expect(deletionOf({ a: { b: { c: { [name]: 'canceling' } } } })).toEqual(none);
    expect(deletionOf({ subscription: { [name]: 7 } })).toEqual(none);
  });

  it('is not the state of the server itself, which is read with its others', () => {
    expect(deletionOf({ status: 'pending_delete' })).toEqual(none);
    expect(deletionOf({ subscription: { note: 'canceling' } })).toEqual(none);
  });

  it('has the first day that is said', () => {
    expect(deletionOf({ cancel_at_period_end: true, scheduled_task: { type: 'delete', at: day } })).toEqual(
      then,
    );
    expect(deletionOf({ scheduled_task: 'delete', next_action: { type: 'delete', at: day } })).toEqual(then);
    expect(deletionOf({ cancel_at: day, next_action: { type: 'delete', at: '2026-07-01' } })).toEqual(then);
    expect(deletionOf({ cancel_at: day, delete_at: '2026-07-01' })).toEqual(then);
  });
});

describe('a field that is about a deletion', () => {
  it.each(
    (
      'cancel cancels canceled cancelled cancellation canceling cancelling delete deletes deleted deletion deleting terminate ' +
      'terminates terminated termination terminating destroy destroys destroyed destruction remove removes removed removal'
    ).split(' '),
  )('is named by the word %s', (word) => {
    expect(deletionOf({ [`${word}_scheduled`]: true })).toEqual(some);
    expect(deletionOf({ [`scheduled_${word}_at`]: day })).toEqual(then);
  });

  it.each(
    (
      'at on for to by after time date datetime ts ms s utc iso is has was will be being scheduled schedule pending planned marked ' +
      'queued due effective end ends of the in period cycle billing renewal subscription server instance state ' +
      'status mode type when until lifecycle flags flag service contract vps vm details info'
    ).split(' '),
  )('can have %s beside it', (word) => expect(deletionOf({ [`delete_${word}`]: day })).toEqual(then));

  it.each(['can', 'protection', 'reason', 'url', 'allowed', 'policy', 'not', 'by_user'])(
    'says something else with %s beside it',
    (word) => expect(deletionOf({ [`delete_${word}`]: true })).toEqual(none),
  );

  it.each([
    ...[
      'none',
      'never',
      'no',
      'null',
      'not planned',
      'not_set',
      'active',
      'inactive',
      'normal',
      'ok',
      'n/a',
      '-',
      ' None ',
    ],
    ...['30 days', ' 7', '', null, undefined, false, 0, 'off', 7, [], ['x']],
  ])('that is %j plans nothing', (value) => expect(deletionOf({ deletion: value })).toEqual(none));

  it.each([true, 1, 'yes', 'on', 'requested', 'scheduled', 'nonesuch', 'okay'])(
    'that is %j plans one',
    (value) => expect(deletionOf({ deletion: value })).toEqual(some),
  );

  it('with a moment says when it was asked for, or when it comes', () => {
    expect(deletionOf({ canceled_at: day })).toEqual(some);
    expect(deletionOf({ cancelled_on: day })).toEqual(some);
    expect(deletionOf({ deletion_requested_at: day })).toEqual(some);
    expect(deletionOf({ cancelled_scheduled_for: day })).toEqual(then);
    expect(deletionOf({ cancel_at: day })).toEqual(then);
  });

  it('can lie three objects deep', () => {
    expect(deletionOf({ deletion: { details: { info: { at: day } } } })).toEqual(then);
    expect(deletionOf({ deletion: { details: { info: { flags: { at: day } } } } })).toEqual(none);
    expect(deletionOf({ deletion: '{"at":"2026-06-14"}' })).toEqual(then);
    expect(deletionOf({ deletion: { by_whom: { at: day } } })).toEqual(none);
  });
});

describe('a reboot to come', () => {
  it.each(
    [
      ...[
        'required',
        'requires',
        'require',
        'pending',
        'needed',
        'needs',
        'need',
        'is',
        'due',
        'to_apply',
        'waiting_for',
        'awaiting',
      ],
    ].flatMap((word) => [`reboot_${word}`, `${word}_restart`]),
  )('is said by %s', (name) => {
    expect([isRebootPending({ [name]: true }), isRebootPending({ [name]: false })]).toEqual([true, false]);
    expect(isRebootPending({ [`${name}_count`]: true })).toBe(false);
  });

  it('is no deletion, and a deletion is no reboot', () => {
    expect(deletionOf({ reboot_required: true })).toEqual(none);
    expect(isRebootPending({ delete_pending: true })).toBe(false);
    expect(isRebootPending({ required: true })).toBe(false);
  });
});

describe('a row', () => {
  const plain = { id: 1, name: 'web', status: 'running', plan: 'x', ip_addresses: [], project_id: null };

  it.each([
    ...[
      'deletion_at',
      'cancelled',
      'reboot_required',
      'restart',
      'auto_renew',
      'next_action',
      'flags',
      'phase',
      'vm_state',
    ].map((name) => ({ [name]: 'x' })),
    ...[{ auto_renew: false }, { billing: {} }, { billing: '{"a":1}' }],
  ])('may say something of it with %j', (fields) => expect(hasSign({ ...plain, ...fields })).toBe(true));

  it.each([
    {},
    { deletion_at: null },
    { deletion_at: undefined },
    { deletion_at: false },
    { auto_renew: null },
    { note: 'deletion' },
    { tags: ['deletion'] },
    { note: '[1]' },
    { pending: true },
    { action: 'x' },
  ])('says nothing of it with %j', (fields) => {
    expect(hasSign({ ...plain, ...fields })).toBe(false);
    // Another row of the same shape.
    expect(hasSign({ ...plain, id: 2, ...fields })).toBe(false);
  });
});

import type { Conversation, Message, ToolCall } from '../state/agent.ts';
import { iso, type Shapes } from './shapes.ts';

type Json = Record<string, unknown>;

/** A conversation without its transcript. */
export function conversationJson(conversation: Conversation, shapes: Shapes): Json {
  return {
    id: shapes.id(conversation.id),
    instance_id: conversation.instanceId,
    title: conversation.title,
    cost_cents: conversation.costCents,
    created_at: iso(conversation.createdAtMs),
    updated_at: iso(conversation.updatedAtMs),
  };
}

/**
 * The transcript. How tool calls lie in it is not in the reference: as messages of their own in one variant,
 * inside a message of the assistant in the other.
 */
export function agentMessagesJson(messages: readonly Message[], shapes: Shapes): readonly Json[] {
  return messages.map(({ id, role, content, call, atMs }) => {
    const base = { id: shapes.id(id), created_at: iso(atMs) };
    if (!call) return { ...base, role, content };
    return shapes.isBare
      ? { ...base, role, ...callJson(call) }
      : { ...base, role: 'assistant', content: null, tool_calls: [{ id: shapes.id(id), ...callJson(call) }] };
  });
}

function callJson(call: ToolCall): Json {
  return {
    tool: call.tool,
    input: call.tool === 'shell' ? { command: call.input } : { path: call.input, ...call.change },
    output: call.output,
    exit_code: call.exitCode,
    duration_ms: call.durationMs,
    status: call.output === null ? 'running' : 'completed',
  };
}

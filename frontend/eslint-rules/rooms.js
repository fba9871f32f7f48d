import path from 'node:path';

/**
 * The rooms of the front end and the way imports may run between them:
 *
 *   app → features → shared        features never import each other
 *
 * A folder below features/settings is a room of its own, as each settings screen stands alone.
 */
function roomOf(file, root) {
  const parts = path.relative(root, file).split(path.sep);
  if (parts[0] === '..') return null;
  if (parts[0] !== 'features') return parts[0] ?? null;
  // features/settings/frame.ts is a file of the settings room itself, not a room.
  const nested = parts[1] === 'settings' && parts.length > 3;
  return parts.slice(0, nested ? 3 : 2).join('/');
}

function complaint(from, to) {
  if (from === to || from === 'app' || from === 'testing' || to === 'shared') return null;
  // Pictures of states, such as tests, may lean on the test harness from anywhere.
  if (to === 'testing') return null;
  if (from === 'shared') return `shared code must not know ${to}`;
  if (to === 'app') return 'a feature must not know the shell';
  if (to.startsWith('features/') && from.startsWith('features/')) {
    if (to === 'features/settings' && from.startsWith('features/settings/')) return null;
    return `features never import each other (${from} → ${to}): move what both need to shared`;
  }
  return null;
}

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: { type: 'problem', schema: [], messages: { wrongWay: '{{why}}' } },
  create(context) {
    const root = path.join(context.cwd, 'src');
    const from = roomOf(context.filename, root);
    const check = (node) => {
      const source = node.source?.value;
      if (from === null || typeof source !== 'string') return;
      let target = null;
      if (source.startsWith('@/')) target = path.join(root, source.slice(2));
      else if (source.startsWith('.')) {
        target = path.resolve(path.dirname(context.filename), source);
      }
      const to = target && roomOf(target, root);
      const why = to && complaint(from, to);
      if (why) context.report({ node, messageId: 'wrongWay', data: { why } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

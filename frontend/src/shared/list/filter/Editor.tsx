import { ActionIcon, Button, Group as Row, NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ListDescription } from '@/shared/api/types';
import { say } from '@/shared/format/words';
import classes from './filter.module.css';
import {
  isGroup,
  newGroup,
  newLeaf,
  operatorOf,
  replaced,
  type Group,
  type Leaf,
  type Word,
} from './tree';
import { groupWords, opWords } from './words';
import { ValueEditor } from './ValueEditor';

export interface EditorContext {
  about: ListDescription;
  words: Record<string, Record<string, string>>;
}

interface GroupEditorProps extends EditorContext {
  group: Group;
  depth: number;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

/** The conditions of a group, and the groups within it. */
export function GroupEditor({ group, depth, onChange, onRemove, ...context }: GroupEditorProps) {
  const add = (part: Leaf | Group) => onChange({ ...group, parts: [...group.parts, part] });
  // A group that is negated counts twice in the API's form.
  const mayNest = depth * 2 < context.about.maxDepth;
  return (
    <div className={classes.group} data-inner={onRemove ? true : undefined} role="group">
      <div className={classes.match}>
        <span>Match</span>
        <NativeSelect
          size="xs"
          aria-label="How the conditions go together"
          data={Object.entries(groupWords).map(([value, label]) => ({ value, label }))}
          value={group.word}
          onChange={(event) => onChange({ ...group, word: event.currentTarget.value as Word })}
        />
        {onRemove && (
          <ActionIcon ml="auto" aria-label="Remove this group" onClick={onRemove}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {group.parts.map((part) => {
        const change = (next: Leaf | Group | undefined) =>
          onChange(replaced(group, part.key, next));
        return isGroup(part) ? (
          <GroupEditor
            key={part.key}
            {...context}
            group={part}
            depth={depth + 1}
            onChange={change}
            onRemove={() => change(undefined)}
          />
        ) : (
          <LeafEditor
            key={part.key}
            {...context}
            leaf={part}
            onChange={change}
            onRemove={() => change(undefined)}
          />
        );
      })}
      <Row gap="xs">
        <Button size="xs" variant="default" onClick={() => add(newLeaf(context.about.fields[0]))}>
          Add a condition
        </Button>
        {mayNest && (
          <Button
            size="xs"
            variant="subtle"
            onClick={() =>
              add(
                newGroup(group.word === 'any' ? 'all' : 'any', [newLeaf(context.about.fields[0])]),
              )
            }
          >
            Add a group
          </Button>
        )}
      </Row>
    </div>
  );
}

interface LeafEditorProps extends EditorContext {
  leaf: Leaf;
  onChange: (leaf: Leaf) => void;
  onRemove: () => void;
}

function LeafEditor({ leaf, about, words, onChange, onRemove }: LeafEditorProps) {
  const field = about.fields.find((one) => one.name === leaf.field);
  const operator = operatorOf(about.fields, leaf);
  const setOperator = (op: string) => {
    const next = operatorOf(about.fields, { ...leaf, op });
    onChange({
      ...leaf,
      op,
      values: next?.takes === 'one' ? leaf.values.slice(0, 1) : leaf.values,
    });
  };
  return (
    <div className={classes.leaf} role="group" aria-label={field?.label ?? leaf.field}>
      <NativeSelect
        aria-label="Field"
        data-field
        data={about.fields.map(({ name, label }) => ({ value: name, label }))}
        value={leaf.field}
        onChange={(event) => {
          const next = about.fields.find((one) => one.name === event.currentTarget.value);
          onChange({ ...newLeaf(next), key: leaf.key });
        }}
      />
      <NativeSelect
        aria-label="Comparison"
        data={(field?.operators ?? []).map(({ op }) => ({ value: op, label: say(opWords, op) }))}
        value={leaf.op}
        onChange={(event) => setOperator(event.currentTarget.value)}
      />
      <ActionIcon aria-label="Remove this condition" onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
      {field && operator && operator.takes !== 'none' && (
        <div className={classes.value}>
          <ValueEditor
            field={field}
            takes={operator.takes}
            words={words[field.name] ?? {}}
            values={leaf.values}
            onChange={(values) => onChange({ ...leaf, values })}
          />
        </div>
      )}
    </div>
  );
}

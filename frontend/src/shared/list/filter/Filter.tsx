import { Button, CloseButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ListDescription } from '@/shared/api/types';
import { colleaguesQuery } from '@/shared/session/colleagues';
import { useStakeholderNames } from '@/shared/stakeholders/names';
import classes from './filter.module.css';
import { FilterPanel } from './FilterPanel';
import { isGroup, readFilter, replaced, writeFilter, type Group, type Node } from './tree';
import { idsIn, sayNode, type ValueWords } from './words';

interface FilterProps {
  about: ListDescription | undefined;
  words: Record<string, Record<string, string>>;
  where: string | undefined;
  /** Conditions, by field and operator, that other controls show while they must be met. */
  saidElsewhere?: [field: string, op: string][];
  onChange: (where: string | undefined) => void;
}

/** The filter of a list in words, each condition to be removed or changed. */
export function Filter({ about, words, where, saidElsewhere = [], onChange }: FilterProps) {
  const [opened, panel] = useDisclosure(false);
  const fields = about?.fields ?? [];
  const root = readFilter(where);
  const said = useValueWords(root, fields, words);
  // Under "all of these" each condition stands by itself; otherwise the filter is one thing.
  const isElsewhere = (part: Node) =>
    !isGroup(part) && saidElsewhere.some(([field, op]) => part.field === field && part.op === op);
  const parts: Node[] =
    root.word === 'all' ? root.parts.filter((part) => !isElsewhere(part)) : [root];
  const without = (part: Node) =>
    onChange(part === root ? undefined : writeFilter(replaced(root, part.key, undefined), fields));
  return (
    <>
      {about && root.parts.length > 0 && parts.length > 0 && (
        <ul className={classes.chips} aria-label="Filter">
          {parts.map((part) => {
            const text = sayNode(part, fields, said);
            return (
              <li key={text} className={classes.chip}>
                <button type="button" title={text} onClick={panel.open}>
                  {text}
                </button>
                <CloseButton
                  size={26}
                  aria-label={`Remove: ${text}`}
                  onClick={() => without(part)}
                />
              </li>
            );
          })}
        </ul>
      )}
      <Button
        variant="default"
        disabled={!about}
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={panel.open}
      >
        Filter
      </Button>
      {about && (
        <FilterPanel
          about={about}
          words={words}
          opened={opened}
          where={where}
          onApply={onChange}
          onClose={panel.close}
        />
      )}
    </>
  );
}

function useValueWords(
  root: Group,
  fields: ListDescription['fields'],
  words: Record<string, Record<string, string>>,
): ValueWords {
  const people = useStakeholderNames(idsIn(root, fields, ['stakeholder', 'organisation']));
  const needsUs = idsIn(root, fields, ['account']).length > 0;
  const us = useQuery({ ...colleaguesQuery, enabled: needsUs });
  return { words, names: new Map([...people, ...(us.data ?? [])]) };
}

import { Button, Table } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RequirementRule, RequirementRules } from '@/shared/api/types';
import { useMay } from '@/shared/session/session';
import { EmptyState, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { PlainTable } from '@/shared/ui/PlainTable';
import { RowMenu } from '@/shared/ui/RowMenu';
import { sayFailed } from '@/shared/ui/say';
import { sayUndoable } from '@/shared/ui/undo';
import classes from '../agreements.module.css';
import { requirementKindWords } from '../words';
import { rulesQuery, useSetRules } from './queries';
import { RuleDialog } from './RuleDialog';
import { dueSentence, fitsSentence } from './words';

/** What is proposed for an agreement by its source, programme and worth. */
export function RulesPage() {
  const query = useQuery(rulesQuery);
  const mayWrite = useMay('funding:write');
  const [open, setOpen] = useState<RequirementRule | 'new' | null>(null);
  return (
    <Page
      title="Rules for requirements"
      back={
        <TextLink to="/funding/obligations">
          <BackLabel>Obligations</BackLabel>
        </TextLink>
      }
      actions={
        mayWrite && (
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={!query.data}
            onClick={() => setOpen('new')}
          >
            New rule
          </Button>
        )
      }
    >
      <p className={classes.mute}>
        What a rule fits is proposed on the page of an agreement, and added when somebody has
        checked it: the agreement has the last word.
      </p>
      <Ready query={query}>
        {(rules) => (
          <>
            {rules.rules.length === 0 ? (
              <EmptyState title="There are no rules.">
                A rule says what agreements of a kind ask for, such as a certificate above an
                amount.
              </EmptyState>
            ) : (
              <Rules of={rules} onOpen={mayWrite ? setOpen : null} />
            )}
            {open && (
              <RuleDialog
                of={rules}
                rule={open === 'new' ? null : open}
                onClose={() => setOpen(null)}
              />
            )}
          </>
        )}
      </Ready>
    </Page>
  );
}

interface RulesProps {
  of: RequirementRules;
  onOpen: ((rule: RequirementRule) => void) | null;
}

function Rules({ of, onOpen }: RulesProps) {
  return (
    <PlainTable label="Rules for requirements" minWidth={720} stacked>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>What is required</Table.Th>
          <Table.Th>Of which agreements</Table.Th>
          <Table.Th>Due</Table.Th>
          {onOpen && <Table.Th aria-label="Actions" />}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {of.rules.map((rule) => (
          <Table.Tr key={rule.id}>
            <Table.Td>
              <div style={{ fontWeight: 500 }}>{rule.title}</div>
              <div className={classes.mute}>
                {requirementKindWords[rule.kind]}
                {rule.label && ` · ${rule.label}`}
              </div>
            </Table.Td>
            <Table.Td>{fitsSentence(rule)}</Table.Td>
            <Table.Td>{dueSentence(rule)}</Table.Td>
            {onOpen && (
              <Table.Td ta="right">
                <Actions of={of} rule={rule} onOpen={onOpen} />
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </PlainTable>
  );
}

interface ActionsProps {
  of: RequirementRules;
  rule: RequirementRule;
  onOpen: (rule: RequirementRule) => void;
}

function Actions({ of, rule, onOpen }: ActionsProps) {
  const set = useSetRules();
  // The row is gone when it is put back, so what is refused is said in the corner.
  const remove = () =>
    set
      .mutateAsync({ rev: of.rev, rules: of.rules.filter(({ id }) => id !== rule.id) })
      .then(({ rev }) =>
        sayUndoable(`The rule for “${rule.title}” is gone.`, () => {
          set.mutateAsync({ rev, rules: of.rules }).catch(sayFailed);
        }),
      )
      .catch(sayFailed);
  return (
    <RowMenu
      of={rule.title}
      actions={[
        { label: 'Edit…', onClick: () => onOpen(rule) },
        { label: 'Remove', onClick: () => void remove(), danger: true },
      ]}
    />
  );
}

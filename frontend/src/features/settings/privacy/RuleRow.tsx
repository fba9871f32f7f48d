import { NumberInput, Switch, Table } from '@mantine/core';
import { useState } from 'react';
import type { RetentionRule } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { When } from '@/shared/ui/When';
import { useSetRule } from './retention';
import classes from './privacy.module.css';

export function RuleRow({ rule, rev }: { rule: RetentionRule; rev: number }) {
  const [days, setDays] = useState<number>(rule.days);
  const set = useSetRule(rev);
  const save = (on: boolean, newDays: number) => set.mutate({ name: rule.name, on, days: newDays });
  return (
    <Table.Tr>
      <Table.Td>
        <strong>{rule.title}</strong>
        <div className={classes.where}>{rule.what}</div>
      </Table.Td>
      <Table.Td>
        <NumberInput
          aria-label={`${rule.title}: days`}
          suffix=" days"
          min={rule.minDays}
          max={36500}
          w={120}
          value={days}
          onChange={(value) => setDays(Number(value))}
          onBlur={() => days !== rule.days && save(false, days)}
        />
      </Table.Td>
      <Table.Td>
        {rule.dryAt && rule.dryDays === rule.days ? (
          <>
            {plural(rule.dryCount, 'record')} would go
            <div className={classes.where}>
              <When at={rule.dryAt} />
            </div>
          </>
        ) : (
          'None yet'
        )}
      </Table.Td>
      <Table.Td>
        <Switch
          aria-label={`${rule.title}: on`}
          checked={rule.on}
          disabled={set.isPending}
          onChange={(event) => save(event.currentTarget.checked, rule.days)}
        />
      </Table.Td>
    </Table.Tr>
  );
}

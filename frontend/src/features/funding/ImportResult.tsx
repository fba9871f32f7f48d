import { Button, Group } from '@mantine/core';
import type { IncomeImportResult } from '@/shared/api/types';
import { conditionOf } from '@/shared/list/filter/tree';
import { plural } from '@/shared/format/number';
import { ButtonLink } from '@/shared/ui/links';
import classes from './funding.module.css';

interface ImportResultProps {
  result: IncomeImportResult;
  onAnother: () => void;
}

export function ImportResult({ result, onAnother }: ImportResultProps) {
  return (
    <div role="status">
      <p className={classes.verdict}>
        {plural(result.created, 'line')} imported
        {result.newDonors.length > 0 && `, ${plural(result.newDonors.length, 'new donor')} added`}.
      </p>
      {result.notConverted > 0 && (
        <p>
          {plural(result.notConverted, 'line')} could not be converted yet, for want of a rate. They
          are left out of the figures and listed beside them until the rates job has found one.
        </p>
      )}
      {result.newDonors.length > 0 && (
        <p>
          The new donors are organisations with nothing but a name. Give them a country and their
          parent organisation, so that the ultimate view is right:{' '}
          {result.newDonors.slice(0, 20).join(', ')}
          {result.newDonors.length > 20 && ` and ${result.newDonors.length - 20} more`}.
        </p>
      )}
      <Group>
        <ButtonLink to="/funding">See the charts</ButtonLink>
        <ButtonLink
          to="/stakeholders"
          search={{ where: conditionOf('roles', 'has', 'donor'), sort: '-updatedAt' }}
          variant="default"
        >
          See the donors
        </ButtonLink>
        <Button variant="default" onClick={onAnother}>
          Import another file
        </Button>
      </Group>
    </div>
  );
}

import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, apiUrl, data } from '@/shared/api/client';
import type { AwardImport } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { TextLink } from '@/shared/ui/links';
import { When } from '@/shared/ui/When';
import { FileHistory } from '../FileHistory';
import classes from './awards.module.css';
import { importsQuery, useAwardsWrite } from './queries';
import { broughtWords, kindWords, stateWords, yearsWords } from './words';

export function AwardImports() {
  const revert = useAwardsWrite(
    ({ id }: AwardImport) =>
      data(api.POST('/award-imports/{id}/revert', { params: { path: { id } } })),
    ({ name }) => `${name} has been taken back.`,
  );
  return (
    <FileHistory<AwardImport>
      title="Earlier imports"
      empty="Nothing has been imported yet."
      query={useQuery(importsQuery)}
      file={({ id, name, kind }) => (
        <>
          <TextLink to="/funding/funders/import/$id" params={{ id }}>
            {name}
          </TextLink>
          <div className={classes.mute}>{kind && kindWords[kind]}</div>
        </>
      )}
      columns={[
        { header: 'What it brought', cell: (one) => <Brought one={one} /> },
        {
          header: 'Years',
          cell: ({ firstYear, lastYear }) => (
            <span style={{ whiteSpace: 'nowrap' }}>{yearsWords(firstYear, lastYear)}</span>
          ),
        },
        {
          header: 'When',
          cell: ({ liveAt, createdAt, by }) => (
            <>
              <When at={liveAt ?? createdAt} />
              <div className={classes.mute}>{by}</div>
            </>
          ),
        },
      ]}
      standing={({ state }) => (state === 'live' ? undefined : stateWords[state])}
      revert={(one) => revert.mutateAsync(one)}
      consequences={consequences}
    />
  );
}

function Brought({ one }: { one: AwardImport }) {
  return (
    <>
      {broughtWords(one)}
      {one.rejected > 0 && (
        <div>
          <Anchor
            href={apiUrl(`/award-imports/${one.id}/rejects.csv`)}
            download
            fz="sm"
            aria-label={`${one.rejected} not taken of ${one.name}, as CSV`}
          >
            {one.rejected} not taken, CSV
          </Anchor>
        </div>
      )}
    </>
  );
}

function consequences({ created, changed, unchanged }: AwardImport): string {
  return [
    created > 0 &&
      `${plural(created, 'award')} will be gone from every list and figure, unless a later file has brought ${created === 1 ? 'it' : 'them'} again.`,
    changed > 0 && `${plural(changed, 'award')} will be as before the file corrected them.`,
    unchanged > 0 &&
      `${plural(unchanged, 'award')} known before will stay, as long as another file holds them.`,
    'The file can be imported again.',
  ]
    .filter(Boolean)
    .join(' ');
}

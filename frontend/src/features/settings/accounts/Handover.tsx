import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { Account } from '@/shared/api/types';
import { plural } from '@/shared/format/number';
import { LoadingRows, Ready } from '@/shared/states/states';
import { ExportButton } from '@/shared/table/ExportButton';
import { BandTag } from '@/shared/ties/BandTag';
import { TextLink } from '@/shared/ui/links';
import { Tag } from '@/shared/ui/Tag';

const shown = 8;

/** What would be lost with an account, for whoever is about to close it. */
export function Handover({ account }: { account: Account }) {
  const { id } = account;
  const list = useQuery({
    queryKey: ['ties', 'handover', id],
    queryFn: ({ signal }) =>
      data(api.GET('/accounts/{id}/handover', { params: { path: { id } }, signal })),
  });
  return (
    <Alert variant="default" title={`To hand over from ${account.name}`}>
      <Ready query={list} loading={<LoadingRows rows={3} />}>
        {({ only, known, mailboxes, privateThreads }) => (
          <>
            <p style={{ margin: '0 0 6px' }}>
              {only.length === 0
                ? 'Nobody is known to this colleague alone.'
                : `${plural(only.length, 'stakeholder')} of ${known} whom nobody else knows:`}
            </p>
            <ul style={{ margin: '0 0 8px', paddingLeft: 18 }}>
              {only.slice(0, shown).map((one) => (
                <li key={one.id}>
                  <TextLink to="/stakeholders/$id" params={{ id: one.id }}>
                    {one.name}
                  </TextLink>{' '}
                  <BandTag band={one.band} /> {one.key && <Tag tone="warn">Key</Tag>}
                </li>
              ))}
              {only.length > shown && <li>and {only.length - shown} more, in the file</li>}
            </ul>
            <p style={{ margin: '0 0 10px' }}>
              {plural(privateThreads, 'conversation')} that only this colleague sees,{' '}
              {mailboxes.length === 0
                ? 'no mailbox.'
                : `in ${plural(mailboxes.length, 'mailbox', 'mailboxes')}: ${mailboxes.join(', ')}.`}
            </p>
            <ExportButton path={`/accounts/${id}/handover.csv`} query={{}} label="Hand-over list" />
          </>
        )}
      </Ready>
    </Alert>
  );
}

import { Button, Table } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import type { SignedInSession } from '@/shared/api/types';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Section } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';
import { Tag } from '@/shared/ui/Tag';
import { When } from '@/shared/ui/When';

const key = ['sessions'];

export function SessionsSection() {
  const client = useQueryClient();
  const sessions = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => data(api.GET('/sessions', { signal })),
  });
  const end = useMutation({
    mutationFn: (id: string) => data(api.DELETE('/sessions/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      sayDone('That session has been signed out.');
      return client.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <Section title="Where you are signed in">
      <Ready query={sessions} loading={<LoadingRows rows={2} />}>
        {({ items }) => (
          <Table>
            <Table.Tbody>
              {items.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  onEnd={() => end.mutate(session.id)}
                />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Ready>
    </Section>
  );
}

function SessionRow({ session, onEnd }: { session: SignedInSession; onEnd: () => void }) {
  const browser = browserName(session.userAgent);
  return (
    <Table.Tr>
      <Table.Td>
        {browser} {session.ip && <span style={{ color: 'var(--mute)' }}>from {session.ip}</span>}
      </Table.Td>
      <Table.Td>
        <When at={session.lastSeenAt} />
      </Table.Td>
      <Table.Td ta="right">
        {session.current ? (
          <Tag tone="good">This one</Tag>
        ) : (
          <Button
            variant="default"
            size="xs"
            onClick={onEnd}
            aria-label={`Sign out ${browser}${session.ip ? ` from ${session.ip}` : ''}`}
          >
            Sign out
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** "Firefox on Linux": enough to know one's own devices by. */
function browserName(agent = ''): string {
  const pick = (...names: [RegExp, string][]) => names.find(([mark]) => mark.test(agent))?.[1];
  const browser = pick(
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  );
  const system = pick(
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS/, 'macOS'],
    [/Linux/, 'Linux'],
  );
  return [browser ?? 'A program', system].filter(Boolean).join(' on ');
}

import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconArrowMerge, IconPencil, IconShieldLock, IconTrash } from '@tabler/icons-react';
import { useMay } from '@/shared/session/session';
import type { Stakeholder } from '@/shared/api/types';
import { kindWords, say } from '@/shared/format/words';
import { RecordSections, type RecordSection } from '@/shared/record/RecordSections';
import { LoadingPage, Ready } from '@/shared/states/states';
import { BackLabel, ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { Roles } from './columns';
import { stakeholderQuery, useRestore, useTrash } from './queries';
import classes from './RecordPage.module.css';

const route = getRouteApi('/house/stakeholders/$id');

interface RecordPageProps {
  sections: readonly RecordSection<Stakeholder>[];
}

export function StakeholderRecordPage({ sections }: RecordPageProps) {
  const { id } = route.useParams();
  const query = useQuery(stakeholderQuery(id));
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(one) => <Record one={one} sections={sections} />}
    </Ready>
  );
}

function Record({ one, sections }: RecordPageProps & { one: Stakeholder }) {
  return (
    <Page
      title={one.name}
      aside={
        <span className={classes.kind}>
          {say(kindWords, one.kind)} <Roles roles={one.roles} />
        </span>
      }
      back={
        <TextLink to="/stakeholders">
          <BackLabel>Stakeholders</BackLabel>
        </TextLink>
      }
      actions={<RecordActions one={one} />}
    >
      {one.trashedAt && (
        <Alert color="yellow" variant="light" mb="md">
          This record is in the trash. It is left out of lists and search until it is restored.
        </Alert>
      )}
      <RecordSections one={one} sections={sections} />
    </Page>
  );
}

function RecordActions({ one }: { one: Stakeholder }) {
  const mayWrite = useMay('stakeholders:write');
  const mayErase = useMay('admin:write');
  const navigate = route.useNavigate();
  const trash = useTrash();
  const restore = useRestore();
  if (!mayWrite) return null;
  if (one.trashedAt) {
    return (
      <Button loading={restore.isPending} onClick={() => restore.mutate(one.id)}>
        Restore
      </Button>
    );
  }
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconTrash size={16} aria-hidden />}
        loading={trash.isPending}
        onClick={() =>
          trash.mutate(one, { onSuccess: () => void navigate({ to: '/stakeholders' }) })
        }
      >
        Trash
      </Button>
      {mayErase && one.kind === 'person' && (
        <ButtonLink
          to="/settings/privacy/person/$id"
          params={{ id: one.id }}
          variant="subtle"
          color="gray"
          leftSection={<IconShieldLock size={16} aria-hidden />}
        >
          Privacy…
        </ButtonLink>
      )}
      <ButtonLink
        to="/stakeholders/merge"
        search={{ stays: one.id }}
        variant="subtle"
        color="gray"
        leftSection={<IconArrowMerge size={16} aria-hidden />}
      >
        Merge with…
      </ButtonLink>
      <ButtonLink
        to="/stakeholders/$id/edit"
        params={{ id: one.id }}
        variant="default"
        leftSection={<IconPencil size={16} aria-hidden />}
      >
        Edit
      </ButtonLink>
    </>
  );
}

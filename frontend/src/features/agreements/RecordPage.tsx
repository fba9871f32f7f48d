import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { IconPencil } from '@tabler/icons-react';
import type { Agreement } from '@/shared/api/types';
import { formatDate } from '@/shared/format/date';
import { MoneyNotice } from '@/shared/funding/MoneyNotice';
import { useMay } from '@/shared/session/session';
import { LoadingPage, Ready } from '@/shared/states/states';
import { BackLabel, ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { Accrual } from './Accrual';
import { AgreementFacts } from './AgreementFacts';
import { Amendments } from './Amendments';
import { AgreementStateTag } from './columns';
import { Instalments } from './Instalments';
import { ProgressBar } from './ProgressBar';
import { agreementQuery } from './queries';
import { Requirements } from './Requirements';
import { AgreementStrings } from './AgreementStrings';
import classes from './agreements.module.css';

const route = getRouteApi('/house/funding/agreements/$id');

export function AgreementRecordPage() {
  const { id } = route.useParams();
  const { on } = route.useSearch();
  const query = useQuery(agreementQuery(id, on));
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(one) => <Record one={one} on={on} />}
    </Ready>
  );
}

function Record({ one, on }: { one: Agreement; on: string | undefined }) {
  const mayWrite = useMay('funding:write') && !on;
  return (
    <Page
      title={one.title}
      aside={<AgreementStateTag state={one.state} />}
      back={
        <TextLink to="/funding/agreements">
          <BackLabel>Agreements</BackLabel>
        </TextLink>
      }
      actions={
        mayWrite && (
          <ButtonLink
            to="/funding/agreements/$id/edit"
            params={{ id: one.id }}
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
          >
            Edit
          </ButtonLink>
        )
      }
    >
      {on && (
        <Alert color="yellow" variant="light" mb="md">
          This is the agreement as it stood on {formatDate(on)}.{' '}
          <TextLink to="." search={{}} underline="always">
            See it as it stands today
          </TextLink>
        </Alert>
      )}
      {one.notices.map((notice) => (
        <Alert key={notice} color="yellow" variant="light" mb="md">
          {notice}
        </Alert>
      ))}
      {!on && <MoneyNotice check={one.diligence} />}
      <ProgressBar progress={one.progress} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Instalments one={one} mayWrite={mayWrite} />
          <Requirements one={one} mayWrite={mayWrite} />
          <AgreementStrings one={one} mayWrite={mayWrite} />
          <Amendments one={one} mayWrite={mayWrite} />
        </div>
        <div className={classes.side}>
          <AgreementFacts one={one} />
          <Accrual one={one} />
        </div>
      </div>
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, data } from '@/shared/api/client';
import type { OpportunityPage } from '@/shared/api/types';
import { LoadingPage, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';
import { AgreementForm } from './AgreementForm';
import { valuesOfAward } from './form';
import { awardQuery } from './queries';
import { useCurrency } from '@/shared/session/session';

const route = getRouteApi('/house/funding/agreements/new');

export function AgreementNewPage() {
  const { opportunity } = route.useSearch();
  return opportunity ? <FromAward id={opportunity} /> : <NewAgreement />;
}

function FromAward({ id }: { id: string }) {
  const query = useQuery({ ...awardQuery(id), refetchOnWindowFocus: false });
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(award) => <NewAgreement award={award} />}
    </Ready>
  );
}

function NewAgreement({ award }: { award?: OpportunityPage }) {
  const navigate = route.useNavigate();
  const currency = useCurrency();
  const leave = () =>
    void (award
      ? navigate({ to: '/pipeline/$id', params: { id: award.id } })
      : navigate({ to: '/funding/agreements' }));
  return (
    <Page
      title="New agreement"
      narrow
      aside={award && 'Taken over from the award: compare it with what was signed.'}
      back={
        award ? (
          <TextLink to="/pipeline/$id" params={{ id: award.id }}>
            <BackLabel>{award.title}</BackLabel>
          </TextLink>
        ) : (
          <TextLink to="/funding/agreements">
            <BackLabel>Agreements</BackLabel>
          </TextLink>
        )
      }
    >
      <AgreementForm
        one={null}
        {...(award && { begin: valuesOfAward(award, currency) })}
        submitLabel="Add agreement"
        write={(body) =>
          data(
            api.POST('/agreements', {
              body: { ...body, ...(award && { opportunityId: award.id }) },
            }),
          )
        }
        onSaved={({ id }) => {
          sayDone('Added. Its instalments and requirements come next.');
          void navigate({ to: '/funding/agreements/$id', params: { id } });
        }}
        onCancel={leave}
      />
    </Page>
  );
}

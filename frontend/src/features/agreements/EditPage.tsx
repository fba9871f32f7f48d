import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, data } from '@/shared/api/client';
import type { Agreement } from '@/shared/api/types';
import { LoadingPage, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { sayDone, sayFailed } from '@/shared/ui/say';
import { AgreementForm } from './AgreementForm';
import { agreementQuery, at, useWrite } from './queries';

const route = getRouteApi('/house/funding/agreements/$id/edit');

export function AgreementEditPage() {
  const { id } = route.useParams();
  const query = useQuery({ ...agreementQuery(id), refetchOnWindowFocus: false });
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(one) => <Editor one={one} />}
    </Ready>
  );
}

function Editor({ one }: { one: Agreement }) {
  const navigate = route.useNavigate();
  const { id } = one;
  const remove = useWrite(() => data(api.DELETE('/agreements/{id}', { params: at(one) })));
  const back = () => void navigate({ to: '/funding/agreements/$id', params: { id } });
  return (
    <Page
      title={`Edit ${one.title}`}
      narrow
      back={
        <TextLink to="/funding/agreements/$id" params={{ id }}>
          <BackLabel>{one.title}</BackLabel>
        </TextLink>
      }
      actions={
        !one.signedOn && (
          <Button
            variant="subtle"
            color="gray"
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(undefined, {
                onSuccess: () => {
                  sayDone('The draft is removed.');
                  void navigate({ to: '/funding/agreements' });
                },
                onError: sayFailed,
              })
            }
          >
            Remove draft
          </Button>
        )
      }
    >
      <AgreementForm
        one={one}
        submitLabel="Save"
        write={(body) => data(api.PUT('/agreements/{id}', { params: at(one), body }))}
        onSaved={() => {
          sayDone('Saved.');
          back();
        }}
        onCancel={back}
      />
    </Page>
  );
}

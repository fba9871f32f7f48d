import { useNavigate } from '@tanstack/react-router';
import { api, data } from '@/shared/api/client';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';
import { AgreementForm } from './AgreementForm';

export function AgreementNewPage() {
  const navigate = useNavigate();
  return (
    <Page
      title="New agreement"
      narrow
      back={
        <TextLink to="/funding/agreements">
          <BackLabel>Agreements</BackLabel>
        </TextLink>
      }
    >
      <AgreementForm
        one={null}
        submitLabel="Add agreement"
        write={(body) => data(api.POST('/agreements', { body }))}
        onSaved={({ id }) => {
          sayDone('Added. Its instalments and requirements come next.');
          void navigate({ to: '/funding/agreements/$id', params: { id } });
        }}
        onCancel={() => void navigate({ to: '/funding/agreements' })}
      />
    </Page>
  );
}

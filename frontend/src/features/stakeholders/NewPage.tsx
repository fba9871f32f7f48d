import { getRouteApi } from '@tanstack/react-router';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';
import { blank, requestOf } from './fields';
import { useCreate } from './queries';
import { StakeholderForm, useStakeholderForm } from './StakeholderForm';

const route = getRouteApi('/house/stakeholders/new');

export function StakeholderNewPage() {
  const navigate = route.useNavigate();
  const { form, problem, showProblem } = useStakeholderForm(blank);
  const create = useCreate();
  return (
    <Page
      title="New stakeholder"
      narrow
      back={
        <TextLink to="/stakeholders">
          <BackLabel>Stakeholders</BackLabel>
        </TextLink>
      }
    >
      <StakeholderForm
        form={form}
        problem={problem}
        busy={create.isPending}
        submitLabel="Create"
        onCancel={() => void navigate({ to: '/stakeholders' })}
        onSubmit={(values) =>
          create.mutate(requestOf(values), {
            onError: showProblem,
            onSuccess: ({ id, name }) => {
              sayDone(`${name} has been added.`);
              void navigate({ to: '/stakeholders/$id', params: { id } });
            },
          })
        }
      />
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, data } from '@/shared/api/client';
import type { CallPage } from '@/shared/api/types';
import { LoadingPage, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';
import { blank, requestOf, type FormValues } from './fields';
import { OpportunityForm, useOpportunityForm } from './OpportunityForm';
import classes from './pipeline.module.css';
import { useCreate } from './queries';
import { useCurrency } from '@/shared/session/session';

const route = getRouteApi('/house/pipeline/new');

export function OpportunityNewPage() {
  const { call, donor } = route.useSearch();
  const currency = useCurrency();
  const query = useQuery({
    queryKey: ['calls', 'one', call],
    queryFn: ({ signal }) =>
      data(api.GET('/calls/{id}', { params: { path: { id: call ?? '' } }, signal })),
    enabled: call !== undefined,
  });
  if (call === undefined) return <New values={{ ...blank(currency), donorId: donor ?? '' }} />;
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(found) => <New values={fromCall(found, currency)} call={found} />}
    </Ready>
  );
}

function fromCall(call: CallPage, currency: string): FormValues {
  return {
    ...blank(currency),
    callId: call.id,
    title: call.title.slice(0, 300),
    programme: call.programmeLabel || call.programme,
    deadline: call.nextDeadline ?? '',
  };
}

function New({ values, call }: { values: FormValues; call?: CallPage }) {
  const navigate = route.useNavigate();
  const { form, problem, showProblem } = useOpportunityForm(values);
  const create = useCreate();
  return (
    <Page
      title="New opportunity"
      narrow
      back={
        <TextLink to="/pipeline">
          <BackLabel>Pipeline</BackLabel>
        </TextLink>
      }
    >
      <OpportunityForm
        form={form}
        problem={problem}
        busy={create.isPending}
        submitLabel="Create"
        {...(call && {
          lead: (
            <p className={classes.text}>
              From the call{' '}
              <TextLink to="/calls/$id" params={{ id: call.id }}>
                {call.identifier || call.title}
              </TextLink>
              .
            </p>
          ),
        })}
        onCancel={() => void navigate({ to: '/pipeline' })}
        onSubmit={(typed) =>
          create.mutate(requestOf(typed), {
            onError: showProblem,
            onSuccess: ({ id, title }) => {
              sayDone(`${title} is in the pipeline.`);
              void navigate({ to: '/pipeline/$id', params: { id } });
            },
          })
        }
      />
    </Page>
  );
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { isStatus } from '@/shared/api/problem';
import type { OpportunityPage } from '@/shared/api/types';
import { differences, keepMine } from '@/shared/conflict/compare';
import { ConflictDialog } from '@/shared/conflict/ConflictDialog';
import { LoadingPage, Ready } from '@/shared/states/states';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';
import { labelOf, requestOf, valuesOf, type FormValues } from './fields';
import { OpportunityForm, useOpportunityForm } from './OpportunityForm';
import { opportunityQuery, useChange } from './queries';
import { useCurrency } from '@/shared/session/session';

const route = getRouteApi('/house/pipeline/$id/edit');

export function OpportunityEditPage() {
  const { id } = route.useParams();
  const query = useQuery({ ...opportunityQuery(id), refetchOnWindowFocus: false });
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(one) => <Editor key={one.id} loaded={one} />}
    </Ready>
  );
}

function Editor({ loaded }: { loaded: OpportunityPage }) {
  const { id } = loaded;
  const currency = useCurrency();
  const client = useQueryClient();
  const navigate = route.useNavigate();
  // The record as it was when editing began: a refresh behind the form must not shift the ground.
  const [base, setBase] = useState(loaded);
  const [theirs, setTheirs] = useState<OpportunityPage | null>(null);
  const { form, problem, showProblem } = useOpportunityForm(valuesOf(loaded, currency));
  const save = useChange(id);
  const back = () => void navigate({ to: '/pipeline/$id', params: { id } });

  const submit = (values: FormValues, rev: number) =>
    save.mutate(
      { rev, change: { fields: requestOf(values) } },
      {
        onSuccess: () => {
          sayDone('Saved.');
          back();
        },
        onError: (error) => {
          if (isStatus(error, 412)) {
            client.query({ ...opportunityQuery(id), staleTime: 0 }).then(setTheirs, showProblem);
            return;
          }
          setTheirs(null);
          showProblem(error);
        },
      },
    );
  return (
    <Page
      title={`Edit ${base.title}`}
      narrow
      back={
        <TextLink to="/pipeline/$id" params={{ id }}>
          <BackLabel>{base.title}</BackLabel>
        </TextLink>
      }
    >
      <OpportunityForm
        form={form}
        problem={problem}
        busy={save.isPending}
        submitLabel="Save"
        onSubmit={(values) => submit(values, base.rev)}
        onCancel={back}
      />
      <ConflictDialog
        opened={theirs !== null}
        differences={
          theirs
            ? differences(valuesOf(base, currency), form.values, valuesOf(theirs, currency))
            : []
        }
        nameOf={labelOf}
        show={showValue}
        busy={save.isPending}
        onClose={() => setTheirs(null)}
        onTheirs={() => {
          if (!theirs) return;
          form.setValues(valuesOf(theirs, currency));
          setBase(theirs);
          setTheirs(null);
        }}
        onMine={() => {
          if (theirs)
            submit(
              keepMine(valuesOf(base, currency), form.values, valuesOf(theirs, currency)),
              theirs.rev,
            );
        }}
      />
    </Page>
  );
}

function showValue(field: string, value: unknown) {
  if (field === 'donorId' && typeof value === 'string' && value) {
    return <StakeholderLink id={value} />;
  }
  if (field === 'partners' && Array.isArray(value)) return `${value.length} partners`;
  return typeof value === 'string' || typeof value === 'number' ? String(value) || '–' : '–';
}

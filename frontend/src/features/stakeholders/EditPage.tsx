import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { isStatus } from '@/shared/api/problem';
import type { Stakeholder } from '@/shared/api/types';
import { differences, keepMine } from '@/shared/conflict/compare';
import { ConflictDialog } from '@/shared/conflict/ConflictDialog';
import { LoadingPage, Ready } from '@/shared/states/states';
import { StakeholderLink } from '@/shared/stakeholders/StakeholderLink';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { sayDone } from '@/shared/ui/say';
import { nameOf, requestOf, showValue, tidied, valuesOf, type FormValues } from './fields';
import { stakeholderQuery, useSave } from './queries';
import { StakeholderForm, useStakeholderForm } from './StakeholderForm';

const route = getRouteApi('/house/stakeholders/$id/edit');

export function StakeholderEditPage() {
  const { id } = route.useParams();
  const query = useQuery({ ...stakeholderQuery(id), refetchOnWindowFocus: false });
  return (
    <Ready query={query} loading={<LoadingPage />}>
      {(one) => <Editor key={one.id} loaded={one} />}
    </Ready>
  );
}

function Editor({ loaded }: { loaded: Stakeholder }) {
  const { id } = loaded;
  const client = useQueryClient();
  const navigate = route.useNavigate();
  // The record as it was when editing began: a refresh behind the form must not shift the ground.
  const [base, setBase] = useState(loaded);
  const [theirs, setTheirs] = useState<Stakeholder | null>(null);
  const { form, problem, showProblem, clearProblem } = useStakeholderForm(valuesOf(loaded));
  const save = useSave(id);

  const submit = (values: FormValues, rev: number) => {
    clearProblem();
    save.mutate(
      { rev, fields: requestOf(values) },
      {
        onSuccess: () => {
          sayDone('Saved.');
          void navigate({ to: '/stakeholders/$id', params: { id } });
        },
        onError: (error) => {
          if (!isStatus(error, 412)) {
            setTheirs(null);
            showProblem(error);
            return;
          }
          client.query({ ...stakeholderQuery(id), staleTime: 0 }).then(setTheirs, showProblem);
        },
      },
    );
  };

  return (
    <Page
      title={`Edit ${base.name}`}
      narrow
      back={
        <TextLink to="/stakeholders/$id" params={{ id }}>
          <BackLabel>{base.name}</BackLabel>
        </TextLink>
      }
    >
      <StakeholderForm
        form={form}
        problem={problem}
        id={id}
        busy={save.isPending}
        submitLabel="Save"
        onSubmit={(values) => submit(values, base.rev)}
        onCancel={() => void navigate({ to: '/stakeholders/$id', params: { id } })}
      />
      <ConflictDialog
        opened={theirs !== null}
        differences={
          theirs ? differences(valuesOf(base), tidied(form.values), valuesOf(theirs)) : []
        }
        nameOf={nameOf}
        show={(field, value) =>
          field === 'parentId' && typeof value === 'string' && value ? (
            <StakeholderLink id={value} />
          ) : (
            showValue(field, value)
          )
        }
        busy={save.isPending}
        onClose={() => setTheirs(null)}
        onTheirs={() => {
          if (!theirs) return;
          form.setValues(valuesOf(theirs));
          setBase(theirs);
          setTheirs(null);
        }}
        onMine={() => {
          if (theirs) submit(keepMine(valuesOf(base), form.values, valuesOf(theirs)), theirs.rev);
        }}
      />
    </Page>
  );
}

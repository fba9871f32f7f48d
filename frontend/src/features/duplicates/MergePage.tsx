import { getRouteApi } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { EmptyState, LoadingPage, Ready } from '@/shared/states/states';
import { BackLabel, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { Comparison } from './Comparison';
import { OtherPicker } from './OtherPicker';
import { oneQuery } from './queries';

const route = getRouteApi('/house/stakeholders/merge');

/** Two records side by side: which stays, whose values it takes, and what will follow it. */
export function MergePage() {
  const { stays, goes } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page
      title="Merge two records"
      back={
        <TextLink to="/stakeholders/duplicates">
          <BackLabel>Possible duplicates</BackLabel>
        </TextLink>
      }
    >
      {!stays ? (
        <EmptyState title="No record was chosen.">
          Open a stakeholder and choose “Merge”.
        </EmptyState>
      ) : goes ? (
        <Comparison
          key={`${stays} ${goes}`}
          stays={stays}
          goes={goes}
          onSwap={() => void navigate({ search: { stays: goes, goes: stays }, replace: true })}
          onMerged={() => void navigate({ to: '/stakeholders/$id', params: { id: stays } })}
        />
      ) : (
        <Second id={stays} />
      )}
    </Page>
  );
}

function Second({ id }: { id: string }) {
  const one = useQuery(oneQuery(id));
  const navigate = route.useNavigate();
  return (
    <Ready query={one} loading={<LoadingPage />}>
      {(stakeholder) => (
        <OtherPicker
          one={stakeholder}
          onChoose={(goes) => void navigate({ search: { stays: id, goes }, replace: true })}
        />
      )}
    </Ready>
  );
}

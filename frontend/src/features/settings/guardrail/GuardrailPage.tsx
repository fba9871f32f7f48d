import { useQuery } from '@tanstack/react-query';
import { api, data } from '@/shared/api/client';
import { LoadingRows, Ready } from '@/shared/states/states';
import { Page } from '@/shared/ui/Page';
import { RulesForm } from './RulesForm';
import { SetAsideList } from './SetAsideList';
import { TestBox } from './TestBox';

export function GuardrailPage() {
  const rules = useQuery({
    queryKey: ['guardrail'],
    queryFn: ({ signal }) => data(api.GET('/guardrail', { signal })),
    refetchOnWindowFocus: false,
  });
  return (
    <Page title="Guardrail" narrow>
      <p style={{ marginTop: 0, maxWidth: '64ch' }}>
        Mail that looks like case work stays out of Piper: of such a message only the folder, its
        number, the date and the rule that matched are kept. The rules apply to mail that is read
        from now on.
      </p>
      <Ready query={rules} loading={<LoadingRows rows={6} />}>
        {(loaded) => <RulesForm key={loaded.rev} loaded={loaded} />}
      </Ready>
      <TestBox />
      <SetAsideList />
    </Page>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { Health } from '@/shared/api/types';
import { Ready } from '@/shared/states/states';
import { Fact, Facts } from '@/shared/ui/Facts';
import { Page, Section } from '@/shared/ui/Page';

async function readHealth(signal: AbortSignal): Promise<Health> {
  // Answers 503 with the same body when the store does not.
  const response = await fetch('/healthz', { signal });
  return (await response.json()) as Health;
}

export function AboutPage() {
  const health = useQuery({ queryKey: ['health'], queryFn: ({ signal }) => readHealth(signal) });
  return (
    <Page title="About" narrow>
      <p style={{ maxWidth: '60ch' }}>
        Piper is the stakeholder and funding record of this secretariat: who matters to us, who asks
        for proposals, who pays, and on what terms.
      </p>
      <p style={{ maxWidth: '60ch' }}>
        It holds no data of the people whom member organisations assist, and must not. Mail that
        looks like case work is kept out; notes are read by colleagues.
      </p>
      <Section title="This installation">
        <Ready query={health}>
          {({ status, version, schema, store }) => (
            <Facts>
              <Fact name="Version">{version}</Fact>
              <Fact name="State">{status === 'ok' ? 'well' : status}</Fact>
              <Fact name="Store">{store}</Fact>
              <Fact name="Schema">{schema}</Fact>
              <Fact name="API">
                <a href="/api/openapi.json" style={{ color: 'var(--accent)' }}>
                  OpenAPI description
                </a>
              </Fact>
            </Facts>
          )}
        </Ready>
      </Section>
    </Page>
  );
}

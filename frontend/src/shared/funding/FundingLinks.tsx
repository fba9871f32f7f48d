import { useMay } from '@/shared/session/session';
import { TextLink } from '@/shared/ui/links';

/** The screens of funding that belong together, above the title of each. */
export function FundingLinks() {
  const mayReadFigures = useMay('finance:read');
  return (
    <nav aria-label="Funding" style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 18px' }}>
      {mayReadFigures && (
        <TextLink to="/funding" activeOptions={{ exact: true, includeSearch: false }}>
          Dashboard
        </TextLink>
      )}
      <TextLink to="/funding/agreements" {...current}>
        Agreements
      </TextLink>
      <TextLink to="/funding/obligations" {...current}>
        Obligations
      </TextLink>
      <TextLink to="/funding/strings" {...current}>
        Strings
      </TextLink>
      <TextLink to="/funding/diligence" {...current}>
        Due diligence
      </TextLink>
    </nav>
  );
}

const current = {
  activeOptions: { exact: true, includeSearch: false },
  activeProps: { 'aria-current': 'page', style: { fontWeight: 600 } },
} as const;

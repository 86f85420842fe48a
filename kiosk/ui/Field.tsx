import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

export interface FieldProps {
  label: string;
  optional?: boolean;
  hint?: string;
  /** The sentence that says what is wrong. */
  fault?: string | undefined;
  /** Over both columns. */
  wide?: boolean;
  /** The first of its screen: one may type at once. */
  first?: boolean;
}

/** A label above, the fault below; `children` gets what binds them to the input. */
export function Field({
  label,
  optional,
  hint,
  fault,
  wide,
  children,
}: FieldProps & {
  children: (bound: { id: string; 'aria-describedby'?: string; 'aria-invalid': boolean }) => ReactNode;
}) {
  const { t } = useTranslation();
  const id = useId();
  const said = fault ?? hint;
  return (
    <div className={wide ? 'k-field k-wide' : 'k-field'} data-fault={fault !== undefined}>
      <label htmlFor={id}>
        {label}
        {optional ? <span className="k-optional">{t('optional')}</span> : null}
      </label>
      {children({
        id,
        'aria-invalid': fault !== undefined,
        ...(said ? { 'aria-describedby': `${id}-said` } : {}),
      })}
      {said ? (
        <p
          id={`${id}-said`}
          className={fault ? 'k-field-fault' : 'k-hint'}
          role={fault ? 'alert' : undefined}
        >
          {said}
        </p>
      ) : null}
    </div>
  );
}

export function TextField({
  value,
  onChange,
  onLeave,
  inputMode,
  maxLength = 100,
  onEnter,
  ...field
}: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  onLeave?: () => void;
  inputMode?: 'text' | 'none';
  maxLength?: number;
  onEnter?: () => void;
}) {
  return (
    <Field {...field}>
      {(bound) => (
        <input
          {...bound}
          ref={field.first ? focusOnce : null}
          type="text"
          value={value}
          maxLength={maxLength}
          inputMode={inputMode}
          // Nothing of one visitor is offered to the next.
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onLeave}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter?.();
          }}
        />
      )}
    </Field>
  );
}

export function focusOnce(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}

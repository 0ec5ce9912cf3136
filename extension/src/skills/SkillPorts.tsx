import type { TranslationBundle } from '@jupyterlab/translation';
import type { IPort } from '@llmos-lab/skills';
import * as React from 'react';

import { portText } from './skillText';

/** A heading and one line for each input or output; nothing when there are none. */
export function SkillPorts(props: {
  readonly label: string;
  readonly ports: readonly IPort[];
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const { label, ports, trans } = props;
  if (ports.length === 0) {
    return null;
  }
  return (
    <>
      <h4>{label}</h4>
      <ul className="llmos-SkillCard-ports">
        {ports.map(portText).map(port => (
          <li key={port.name}>
            <code>{port.name}</code>
            <span className="llmos-SkillCard-type">
              {port.unit ? `${port.type} · ${port.unit}` : port.type}
            </span>
            {port.fallback !== undefined && (
              <span className="llmos-SkillCard-default">{`= ${port.fallback}`}</span>
            )}
            {port.isRequired && (
              <span className="llmos-SkillCard-required">{trans.__('required')}</span>
            )}
            {(port.description ?? port.limits) !== undefined && (
              <div className="llmos-SkillCard-portText">
                {[port.description, port.limits].filter(Boolean).join(' · ')}
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

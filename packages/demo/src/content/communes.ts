/** A commune of the demo; names and postcodes from INSEE and La Poste, Licence Ouverte 2.0. */
type DemoCommune = { insee: string; name: string; postcode: string };

/** The eight largest communes of Pays de Gex. */
export const communes: readonly DemoCommune[] = [
  {
    insee: '01354',
    name: 'Saint-Genis-Pouilly',
    postcode: '01630',
  },
  {
    insee: '01173',
    name: 'Gex',
    postcode: '01170',
  },
  {
    insee: '01160',
    name: 'Ferney-Voltaire',
    postcode: '01210',
  },
  {
    insee: '01143',
    name: 'Divonne-les-Bains',
    postcode: '01220',
  },
  {
    insee: '01313',
    name: 'Prévessin-Moëns',
    postcode: '01280',
  },
  {
    insee: '01419',
    name: 'Thoiry',
    postcode: '01710',
  },
  {
    insee: '01071',
    name: 'Cessy',
    postcode: '01170',
  },
  {
    insee: '01281',
    name: 'Ornex',
    postcode: '01210',
  },
];

/** What people ask, and the skills that should be among the first five offered. */
export const QUESTIONS: readonly (readonly [string, readonly string[]])[] = [
  [
    'VQE for H2, plot the convergence, export CSV',
    ['quantum-vqe', 'quantum-hamiltonian', 'plot-convergence', 'export-results']
  ],
  [
    'What is the ground state energy of the hydrogen molecule?',
    ['quantum-hamiltonian', 'quantum-vqe']
  ],
  [
    'How do I find the lowest eigenvalue of a Hamiltonian?',
    ['quantum-vqe', 'quantum-hamiltonian']
  ],
  ['Compare optimisers for a variational circuit', ['quantum-vqe']],
  ['Which ansatz should I use, hardware efficient or UCC?', ['quantum-vqe']],
  ['Make an Ising chain with 8 sites', ['quantum-hamiltonian']],
  ['I need the Heisenberg model as Pauli strings', ['quantum-hamiltonian']],
  [
    'Scan the bond length of H2 and plot the energy',
    ['quantum-hamiltonian', 'plot-xy']
  ],
  ['Show me entanglement in a Bell state', ['quantum-circuit']],
  ['Simulate a GHZ circuit with 5 qubits', ['quantum-circuit']],
  ["Run Grover's search for 1011", ['quantum-circuit']],
  ['quantum fourier transform of a basis state', ['quantum-circuit']],
  ['draw a quantum circuit and show its counts', ['quantum-circuit']],
  ['give me OpenQASM for a bell pair', ['quantum-circuit']],
  ['What is a qubit?', ['quantum-basics']],
  ['explain superposition and measurement to students', ['quantum-basics']],
  ['What does the ansatz do?', ['quantum-vqe']],
  ['Which quantum skill does what?', ['quantum-basics']],
  ['is my optimisation converged?', ['plot-convergence']],
  ['plot the training loss over iterations', ['plot-convergence']],
  ['Draw the error on a log axis against the exact answer', ['plot-convergence']],
  ['line chart of two series', ['plot-xy']],
  ['scatter plot of x against y', ['plot-xy']],
  ['make a bar chart', ['plot-xy']],
  ['How can I plot my measurements with axis labels?', ['plot-xy']],
  ['draw a curve with a logarithmic x axis', ['plot-xy']],
  ['save my results to a CSV file', ['export-results']],
  ['download the data as JSON', ['export-results']],
  ['export the figure as a PNG', ['export-results']],
  ['I want a table for my spreadsheet', ['export-results']],
  ['Simulate a voltage divider with a load', ['spice-resistor']],
  [
    'two resistors 10k and 4k7 from 5 volts, what is the output voltage?',
    ['spice-resistor']
  ],
  ['How much power does the divider take from the supply?', ['spice-resistor']],
  ['step response of an RC filter', ['circuit-rc-node']],
  ['Bode plot of a low-pass', ['circuit-rc-node']],
  ['what is the cutoff frequency of 1k and 100n?', ['circuit-rc-node']],
  ['time constant of a capacitor and a resistor', ['circuit-rc-node']],
  [
    'RC filter transient and export the waveform as CSV',
    ['circuit-rc-node', 'export-results']
  ],
  ['run this netlist', ['spice-netlist']],
  ['simulate an RLC circuit with ngspice', ['spice-netlist']],
  ['noise analysis of an amplifier netlist', ['spice-netlist']],
  ['How do I write a netlist?', ['spice-basics', 'spice-netlist']],
  ['ngspice says singular matrix', ['spice-basics']],
  ['timestep too small, what now?', ['spice-basics']],
  ['which analysis for gain and phase over frequency', ['spice-basics']],
  ['show a spinning cube', ['threejs-cube']],
  ['a red box that rotates slowly', ['threejs-cube']],
  ['make a 3D sphere', ['threejs-geometry']],
  ['draw a torus knot', ['threejs-geometry']],
  ['spinning red torus', ['threejs-geometry']],
  ['plot a function of two variables as a surface', ['threejs-geometry']],
  ['a golden metal material', ['threejs-material']],
  ['make the glass half transparent', ['threejs-material']],
  [
    'paint the geometry blue and show its wireframe',
    ['threejs-material', 'threejs-geometry']
  ],
  ['put several meshes into one scene with lights', ['threejs-scene']],
  ['scene with a camera and a ground', ['threejs-scene']],
  ['let the object bounce', ['threejs-animation']],
  ['animate a mesh along a circle', ['threejs-animation']],
  ['keyframe animation that I can play and pause', ['threejs-animation']],
  [
    'a golden sphere in a scene',
    ['threejs-geometry', 'threejs-material', 'threejs-scene']
  ],
  ['how should I structure my notebook so that others can run it?', ['notebook-craft']],
  ['make my notebook reproducible', ['notebook-craft']],
  ['notebook for teaching a class', ['notebook-craft']],
  ['Which Python packages can I use here?', ['python-coding']],
  ['my Python function is slow, how do I debug it', ['python-coding']],
  ['how to write good python cells', ['python-coding']],
  [
    'Hamiltonian of hydrogen, vqe with 200 iterations, then plot',
    ['quantum-hamiltonian', 'quantum-vqe', 'plot-convergence']
  ],
  [
    'qiskit circuit for grover and a bar chart of the counts',
    ['quantum-circuit', 'plot-xy']
  ],
  ['variatonal eigensolver convergense plot', ['quantum-vqe', 'plot-convergence']]
];

/** Questions about one skill, with what they say of its inputs, and about none that runs. */
export const ALONE: readonly (readonly [
  string,
  string | null,
  Readonly<Record<string, string | number>>?
])[] = [
  [
    'How do I simulate a low-pass filter with a cutoff of 1 kHz and plot its Bode diagram?',
    'circuit-rc-node',
    { analysis: 'ac', capacitance: 1.59e-7 }
  ],
  ['1 kHz low-pass', 'circuit-rc-node', { analysis: 'ac', capacitance: 1.59e-7 }],
  [
    'frequency response of a low-pass with 10 kΩ and 100 nF',
    'circuit-rc-node',
    { analysis: 'ac', resistance: 10000, capacitance: 1e-7 }
  ],
  [
    'what is the cutoff frequency of 1k and 100n?',
    'circuit-rc-node',
    { analysis: 'ac', resistance: 1000, capacitance: 1e-7 }
  ],
  [
    'two resistors 10k and 4k7 from 5 volts, what is the output voltage?',
    'spice-resistor',
    { r1: 10000, r2: 4700, vin: 5 }
  ],
  ['Bode plot of a low-pass', 'circuit-rc-node', { analysis: 'ac' }],
  ['step response of an RC filter', 'circuit-rc-node', {}],
  ['simulate a voltage divider and plot the output', 'spice-resistor', {}],
  [
    'Simulate a GHZ circuit with 5 qubits',
    'quantum-circuit',
    { kind: 'ghz', qubits: 5 }
  ],
  ["Run Grover's search for 1011", 'quantum-circuit', { kind: 'grover' }],
  ['Show me entanglement in a Bell state', 'quantum-circuit', {}],
  ['Bell state and plot the counts as a bar chart', 'quantum-circuit', {}],
  [
    'Make an Ising chain with 8 sites',
    'quantum-hamiltonian',
    { system: 'ising', sites: 8 }
  ],
  ['Scan the bond length of H2 and plot the energy', 'quantum-hamiltonian', {}],
  ['show a spinning cube', 'threejs-cube', {}],
  ['a cube in orange', 'threejs-cube', { color: 'orange' }],
  ['a red and blue cube', 'threejs-cube', {}],
  ['draw a torus knot', 'threejs-geometry', { shape: 'torus-knot' }],
  ['let the object bounce', 'threejs-animation', { motion: 'bounce' }],
  ['download the data as JSON', 'export-results', { format: 'json' }],
  ['plot the training loss over iterations', null],
  ['is my optimisation converged?', null],
  ['How can I plot my measurements with axis labels?', null],
  ['line chart of two series', null],
  ['How do I plot a histogram?', null],
  ['train a neural network', null],
  ['optimise a portfolio', null],
  ['run this netlist', null],
  ['simulate an RLC circuit with ngspice', null],
  ['What is a qubit?', null],
  ['make my notebook reproducible', null],
  ['Which Python packages can I use here?', null],
  ['What is the weather?', null]
];

/** Questions that no skill answers; the second half was written after the threshold was set. */
export const UNANSWERED: readonly string[] = [
  'integrate a differential equation',
  'LiH energy',
  'ground state energy of LiH',
  'What is the weather?',
  'train a neural network',
  'optimise a portfolio',
  'train a random forest on the iris data',
  'read an Excel file',
  'fit a sine to my data',
  'how do I invert a matrix?',
  'compute the eigenvalues of a 3x3 matrix',
  'download the stock prices of Apple',
  'solve a travelling salesman problem',
  'translate this text into German',
  'fold a protein',
  'find communities in a social graph',
  "run Shor's algorithm to factor 15",
  'simulate a MOSFET amplifier',
  'design a PCB layout',
  'render a map of Europe',
  'cluster customers with k-means',
  'sentiment of tweets',
  'send an e-mail',
  'symbolic integral of x squared',
  'numerical integration of a function',
  'simulate heat flow in a rod',
  'molecular dynamics of water',
  'convert temperature units',
  'hypothesis test of two samples',
  'QAOA for max cut',
  'teleport a qubit',
  'calculate the Fourier transform of an audio signal',
  'play a sound',
  'balance a red-black tree',
  'simulate a black hole',
  'write a poem about electrons',
  'quantum error correction with the surface code',
  'linear regression',
  'plot a world map with countries',
  'make a pie chart of expenses',
  'physics simulation of colliding balls',
  'compute the band structure of silicon',
  'solve a system of linear equations',
  'recognise handwritten digits',
  'BeH2 dissociation curve',
  'query a SQL database',
  'resize a photo',
  'what time is it in Tokyo?',
  'track the orbit of Jupiter',
  'principal component analysis of gene expression',
  'scrape a web page',
  'simulate an RF antenna',
  'diagonalise a Hubbard model',
  'Monte Carlo estimate of pi',
  'solve sudoku',
  'detect faces in an image',
  'predict house prices',
  'schedule jobs on a cluster',
  'stress in a steel beam',
  'finite element mesh of a wing',
  'who won the world cup?',
  'detect outliers in sensor readings',
  'compress a video',
  'quantum key distribution BB84',
  'draw a flowchart',
  '3D print a gear as STL',
  'interpolate missing values',
  'create a PDF report',
  'count words in a novel',
  'compute the energy of a water molecule',
  'VQE for LiH'
];

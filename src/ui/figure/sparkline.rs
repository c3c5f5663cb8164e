//! A line as small as a word: how a number came to be what it is.

use leptos::prelude::*;

const WIDTH: f64 = 80.0;
const HEIGHT: f64 = 24.0;
/// Room for the dot at the end.
const EDGE: f64 = 3.0;

/// A number's course, oldest first, with a dot at the end. It repeats what stands beside it.
#[component]
pub fn Sparkline(values: Vec<f64>) -> impl IntoView {
    let points = points(&values);
    points.last().copied().map(|(x, y)| {
        let line: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        view! {
            <svg class="sparkline" width=WIDTH height=HEIGHT aria-hidden="true">
                <polyline points=line.join(" ")></polyline>
                <circle cx=x cy=y r="2.5"></circle>
            </svg>
        }
    })
}

/// Where each value stands, from zero up; nothing for fewer than two.
fn points(values: &[f64]) -> Vec<(f64, f64)> {
    if values.len() < 2 {
        return Vec::new();
    }
    let full = values.iter().copied().fold(1.0, f64::max);
    let step = (WIDTH - 2.0 * EDGE) / (values.len() - 1) as f64;
    let height = HEIGHT - 2.0 * EDGE;
    let place = |(i, value): (usize, &f64)| {
        let y = HEIGHT - EDGE - value / full * height;
        (EDGE + step * i as f64, (y * 10.0).round() / 10.0)
    };
    values.iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn the_line_starts_left_ends_right_and_is_measured_from_zero() {
        assert_eq!(
            points(&[0.0, 4.0, 2.0]),
            [(3.0, 21.0), (40.0, 3.0), (77.0, 12.0)]
        );
        assert!(points(&[5.0]).is_empty());
    }
}

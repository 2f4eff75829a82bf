//! The program `vaktbok`: everything it does begins at [`server::cli`].

fn main() -> std::process::ExitCode {
    server::cli::main()
}
